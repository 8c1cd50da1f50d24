import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { fetchFollowing } from "./fetch-following.ts";

interface Arrival {
  readonly host: string;
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let arrived: Arrival[] = [];
const servers: Record<"first" | "other", Server> = { first: serverOf("first"), other: serverOf("other") };

/** Redirects `/<status>/<server>` to that server's `/end`, and answers everything else with its path. */
function serverOf(host: string): Server {
  return createServer((request, response) => {
    const { url: path = "", method, headers } = request;
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text));
    request.on("end", () => {
      arrived.push({ host, method, path, headers, body });
      const [, status, target] = /^\/(\d+)\/(\w+)$/.exec(path) ?? [];
      const [, location] = /^\/to\/(.+)$/.exec(path) ?? [];
      if (location !== undefined) return void response.writeHead(302, { location: decodeURIComponent(location) }).end();
      if (target === "round") return void response.writeHead(302, { location: path }).end();
      if (target === "first" || target === "other") {
        return void response.writeHead(Number(status), { location: `${addressOf(target)}/end` }).end("moved");
      }
      response.end(path);
    });
  });
}

function addressOf(name: "first" | "other"): string {
  return `http://127.0.0.1:${(servers[name].address() as AddressInfo).port}`;
}

beforeAll(async () => {
  for (const server of Object.values(servers)) {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  }
});
beforeEach(() => void (arrived = []));
afterAll(() => {
  for (const server of Object.values(servers)) server.close();
});

const keys: [string, string][] = [
  ["accept", "text/plain"],
  ["x-api-key", "secret"],
  ["authorization", "Bearer secret"],
];

const send = (path: string, method = "GET", body?: string) =>
  fetchFollowing(
    {
      method,
      url: `${addressOf("first")}${path}`,
      headers: [...keys, ...(body === undefined ? [] : [["content-type", "text/plain"] satisfies [string, string]])],
      ...(body !== undefined && { body: new TextEncoder().encode(body) }),
    },
    new AbortController().signal,
  );

it("keys follow a redirect within their origin", async () => {
  expect(await (await send("/302/first")).text()).toBe("/end");
  expect(arrived[1]?.headers).toMatchObject({ "x-api-key": "secret", authorization: "Bearer secret" });
});

it("keys do not follow a redirect to another origin", async () => {
  expect(await (await send("/302/other")).text()).toBe("/end");
  expect(arrived[1]).toMatchObject({ host: "other", headers: { accept: "text/plain" } });
  expect(JSON.stringify(arrived[1]?.headers)).not.toContain("secret");
});

it.each([
  [301, "POST", "GET", ""],
  [302, "POST", "GET", ""],
  [303, "PUT", "GET", ""],
  [302, "PUT", "PUT", "text"],
  [307, "POST", "POST", "text"],
  [308, "POST", "POST", "text"],
])("a redirect with %i sends a %s on as a %s", async (status, method, sentOn, body) => {
  await send(`/${status}/other`, method, "text");
  expect(arrived[1]).toMatchObject({ method: sentOn, body });
});

it("a redirect that never ends is given up", async () => {
  await expect(send("/302/round")).rejects.toThrow("redirects more than 20 times");
});

it.each(["data:text/plain,mine", "file:///etc/hostname", "http://user:word@127.0.0.1/", "http://["])(
  "a redirect to %s is not followed",
  async (location) => {
    await expect(send(`/to/${encodeURIComponent(location)}`)).rejects.toThrow("it is not followed");
    expect(arrived).toHaveLength(1);
  },
);

it("a redirect of which a browser tells nothing is no answer", async () => {
  // All that a browser gives for a redirect: Node.js has no way to make one.
  const hidden = Object.defineProperty(Response.error(), "type", { value: "opaqueredirect" });
  vi.stubGlobal("fetch", () => Promise.resolve(hidden));
  try {
    await expect(send("/302/other")).rejects.toThrow("it is not followed");
  } finally {
    vi.unstubAllGlobals();
  }
});
