import { testSandbox } from "@smoltools/core/testing";
import { afterAll, describe, expect, test, vi } from "vitest";
import { python, pythonProblem } from "../python/index.ts";

// It takes a second to start, and several to fill its memory.
vi.setConfig({ testTimeout: 60_000 });
const provider = python({ isolation: "deno", imports: "*" });

test("Pyodide is there where its packages are", async () => {
  expect(await pythonProblem({ isolation: "deno" })).toBeUndefined();
});

describe("Pyodide in Deno keeps the contract of a sandbox: it", () => {
  const noThreads = "WebAssembly has no threads here";
  testSandbox({
    provider,
    test,
    afterAll,
    isolation: "process",
    skip: [
      ...[
        "performs calls of several threads at the same time",
        "queues calls of threads beyond those that may wait at the same time",
        "aborts the calls that threads leave open",
        "captures what threads print",
        "raises errors of the host in the thread that calls",
        "takes the final answer of a thread",
        "ends a run that waits for a thread without end",
      ].map((name) => ({ test: name, reason: noThreads })),
      {
        test: "does not count the waiting of code that looks again and again whether untimed work is done",
        reason: "each look takes Pyodide's event loop so much work of its own that it adds up, and work counts",
      },
      {
        test: "takes the final answer of an event loop of the code",
        reason: "it does, but Pyodide's own loop prints how the task ended",
      },
    ],
  });
});

describe("the JavaScript around Pyodide", () => {
  test.each([
    ["reads no file", "import js\njs.Deno.readTextFileSync('/etc/passwd')", /NotCapable/],
    ["does not read the folder that it came from", "import js\njs.Deno.readDirSync('/')", /NotCapable/],
    ["sees no environment", "import js\njs.Deno.env.toObject()", /NotCapable/],
    ["starts no program", "import js\njs.Deno.Command.new('/bin/true').outputSync()", /NotCapable/],
    ["connects to nothing", "import js\nawait js.Deno.connect(port=1)", /NotCapable/],
    [
      "asks for no permission",
      "import js\nfrom pyodide.ffi import to_js\nassert (await js.Deno.permissions.request(to_js({'name': 'read'}, dict_converter=js.Object.fromEntries))).state == 'denied', 'granted'\nraise Exception('NotCapable')",
      /NotCapable/,
    ],
  ])("%s", async (_what, code, message) => {
    await using sandbox = await provider.create();
    expect((await sandbox.run(code)).error?.message).toMatch(message);
  });
});
