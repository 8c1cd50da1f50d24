import type { HostFetch, HostFetchRequest, SandboxOptions } from "../../sandbox/sandbox.ts";
import {
  expect,
  expectEqual,
  expectError,
  expectValue,
  only,
  runCase,
  type SandboxCase,
  valueCase,
} from "../sandbox-case.ts";
import { source } from "../sandbox-program.ts";
import { waitingHost } from "./waiting-host.ts";

const refusing: SandboxOptions = { fetch: () => Promise.reject(new Error("example.org is not allowed")) };

/** The network, as far as the host gives it. */
export const fetchCases: readonly SandboxCase[] = [
  {
    name: "performs fetch through the host",
    run: async (provider) => {
      const seen: HostFetchRequest[] = [];
      await using sandbox = await provider.create({ fetch: answering(201, '{"ok":true}', seen) });
      const program = {
        javascript: source`
          const r = await fetch("https://example.org/p?q=1", { method: "post", body: "hi é", headers: { "X-C": "d" } });
          [r.status, r.ok, r.headers.get("X-A"), await r.json()]
        `,
        python: source`
          r = fetch("https://example.org/p?q=1", method="POST", body="hi é", headers={"X-C": "d"})
          [r.status, r.ok, r.headers.get("X-A"), r.json()]
        `,
      };
      expectValue(await sandbox.run(program), [201, true, "b", { ok: true }]);
      const [request] = seen;
      expectEqual(
        [request?.url, request?.method, textOf(request?.body)],
        ["https://example.org/p?q=1", "POST", "hi é"],
        "request",
      );
      expect(
        request?.headers.some(([name, value]) => name.toLowerCase() === "x-c" && value === "d") === true,
        "a header is lost",
      );
    },
  },
  valueCase(
    "gives responses that are no success",
    {
      javascript: 'const r = await fetch("https://example.org/");\n[r.status, r.ok, await r.text()]',
      python: 'r = fetch("https://example.org/")\n[r.status, r.ok, r.text()]',
    },
    [404, false, "nothing é"],
    { fetch: answering(404, "nothing é") },
  ),
  valueCase(
    "throws what the host says when it refuses a request",
    {
      javascript: 'let seen; try { await fetch("https://example.org/"); } catch (e) { seen = e.message; }\nseen',
      python: 'try: fetch("https://example.org/")\nexcept Exception as error: seen = str(error)\nseen',
    },
    "example.org is not allowed",
    refusing,
  ),
  runCase(
    "has no network without permission",
    { javascript: "await fetch('http://127.0.0.1:1/')", python: "fetch('http://127.0.0.1:1/')" },
    (result) => expectError(result, "SANDBOX_EXCEPTION", /network|permission/),
  ),
  ...only({ language: "javascript" }, [
    {
      name: "aborts a request that the code gives up",
      run: async (provider) => {
        const { functions } = waitingHost();
        const fetch: HostFetch = async (_, { signal }) => {
          await functions.wait([], { signal, untimed: (work) => work });
          throw signal.reason;
        };
        await using sandbox = await provider.create({ fetch, functions });
        const program = source`
          const controller = new AbortController();
          const seen = fetch("https://example.org/", { signal: controller.signal }).catch((e) => e.name);
          await called();
          controller.abort();
          await gone();
          await seen
        `;
        expectValue(await sandbox.run(program), "AbortError");
      },
    },
  ]),
];

/** A host that gives the same answer to all requests. */
function answering(status: number, text: string, seen: HostFetchRequest[] = []): HostFetch {
  return async (request) => {
    seen.push(request);
    const body = btoa(String.fromCharCode(...new TextEncoder().encode(text)));
    return { url: request.url, status, statusText: "Said", headers: [["x-a", "b"]], body };
  };
}

function textOf(base64 = ""): string {
  return new TextDecoder().decode(Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0)));
}
