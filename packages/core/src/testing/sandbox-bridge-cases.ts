import type { HostFetchRequest, HostFunction, SandboxOptions } from "../sandbox/sandbox.ts";
import {
  aborted,
  expect,
  expectEqual,
  expectError,
  expectValue,
  runCase,
  sandboxCase,
  type SandboxCase,
  valueCase,
} from "./sandbox-case.ts";

const echo: SandboxOptions = { functions: { echo: (args) => args } };

const failing: SandboxOptions = {
  functions: {
    fail: () => {
      throw new RangeError("no such city");
    },
  },
};

const hostile: SandboxOptions = {
  functions: {
    hostile: () => JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}') as unknown,
  },
};

/** How code and host reach each other. */
export const bridgeCases: readonly SandboxCase[] = [
  valueCase(
    "calls a function of the host",
    "await echo('a', { b: [1, true, null] })",
    ["a", { b: [1, true, null] }],
    echo,
  ),
  runCase(
    "keeps arguments that are undefined",
    "await shape('a', undefined, 'b')",
    (result) => expectValue(result, ["string", "undefined", "string"]),
    { functions: { shape: (args) => Array.from(args, (arg) => typeof arg) } },
  ),
  valueCase("gives undefined for a host function that returns nothing", "typeof await none()", "undefined", {
    functions: { none: () => undefined },
  }),
  valueCase("passes dates as ISO text", "(await echo(new Date(0)))[0]", "1970-01-01T00:00:00.000Z", echo),
  sandboxCase("performs parallel calls at the same time", { functions: meeting(3) }, async (sandbox) => {
    // Each call waits for the two others: one after another they would never be answered.
    expectValue(await sandbox.run("await Promise.all([meet(1), meet(2), meet(3)])"), [1, 2, 3]);
  }),
  valueCase(
    "throws the error of a host function where it is awaited",
    "try { await fail(); } catch (e) { [e instanceof Error, e.name, e.message] }\n" +
      "const seen = await fail().catch((e) => [e instanceof Error, e.name, e.message]);\nseen",
    [true, "RangeError", "no such city"],
    failing,
  ),
  runCase(
    "ends the run with an error of the host that nobody catches",
    "\nawait fail()",
    ({ error }) =>
      expectEqual([error?.code, error?.message, error?.line], ["SANDBOX_EXCEPTION", "no such city", 2], "error"),
    failing,
  ),
  ...[
    "NaN",
    "Infinity",
    "1n",
    "() => 1",
    "new Promise(() => {})",
    "(() => { const a = []; a.push(a); return a; })()",
  ].map((value) =>
    runCase(
      `refuses to pass ${value} to the host, naming the function`,
      `await echo(${value})`,
      (result) => {
        expectError(result, "SANDBOX_EXCEPTION", /echo/);
        expectEqual(result.error?.name, "TypeError", "name");
      },
      echo,
    ),
  ),
  runCase(
    "does not let code replace a function of the host",
    "echo = () => 'mine'",
    (result) => expectError(result, "SANDBOX_EXCEPTION", /echo/),
    echo,
  ),
  valueCase(
    "does not let results pollute prototypes",
    "const r = await hostile(); Object.assign({}, r); [{}.polluted ?? 'clean', [].polluted ?? 'clean']",
    ["clean", "clean"],
    hostile,
  ),
  sandboxCase("sets variables of the sandbox and of a run", { variables: { a: { deep: [1] } } }, async (sandbox) => {
    expectValue(await sandbox.run("[a.deep[0], b]", { variables: { b: "two" } }), [1, "two"]);
    expectValue(await sandbox.run("[a.deep[0], b]", { variables: { b: 3 } }), [1, 3]);
  }),
  valueCase("imports the modules it was given", "const { double } = await import('maths');\ndouble(21)", 42, {
    modules: {
      maths: "import { two } from 'numbers'; export const double = (n) => n * two;",
      numbers: "export const two = 2;",
    },
  }),
  runCase(
    "imports no other module",
    "await import('maths2')",
    (result) => expectError(result, "SANDBOX_EXCEPTION", /maths2/),
    {
      modules: { maths: "export default 1;" },
    },
  ),
  runCase("ends the code with the final answer", "finalAnswer({ a: 1 }); console.log('never')", (result) => {
    expectEqual(result.finalAnswer, { value: { a: 1 } }, "finalAnswer");
    expect(result.error === undefined, "it is an error");
    expectEqual(result.output, "", "output");
  }),
  runCase(
    "keeps the first final answer of code that catches its end",
    "try { finalAnswer(1); } catch {}\ntry { finalAnswer(2); } catch {}\nawait echo(3);",
    ({ finalAnswer, error }) => {
      expectEqual(finalAnswer, { value: 1 }, "finalAnswer");
      expect(error === undefined, "it is an error");
    },
    echo,
  ),
  sandboxCase("gives a final answer to the run that called it alone", {}, async (sandbox) => {
    await sandbox.run("finalAnswer(1)");
    expect((await sandbox.run("2")).finalAnswer === undefined, "the answer is there again");
  }),
  {
    name: "aborts the calls that a run leaves open",
    run: async (provider) => {
      let ended: Promise<void> | undefined;
      const functions = { wait: (_: unknown[], { signal }: { signal: AbortSignal }) => (ended = aborted(signal)) };
      await using sandbox = await provider.create({ functions });
      expectValue(await sandbox.run("void wait().catch(() => {}); 1"), 1);
      expect(ended !== undefined, "the host was not called");
      await ended;
    },
  },
  {
    name: "performs fetch through the host",
    run: async (provider) => {
      const seen: HostFetchRequest[] = [];
      await using sandbox = await provider.create({
        fetch: async (request) => {
          seen.push(request);
          const { url } = request;
          return { url, status: 201, statusText: "Created", headers: [["x-a", "b"]], body: btoa('{"ok":true}') };
        },
      });
      const code = `const r = await fetch("https://example.org/p?q=1", { method: "post", body: "hi", headers: { "X-C": "d" } });
        [r.status, r.ok, r.headers.get("X-A"), await r.json()]`;
      expectValue(await sandbox.run(code), [201, true, "b", { ok: true }]);
      const [request] = seen;
      expectEqual(
        [request?.url, request?.method, atob(request?.body ?? "")],
        ["https://example.org/p?q=1", "POST", "hi"],
        "request",
      );
      expect(
        request?.headers.some(([name, value]) => name.toLowerCase() === "x-c" && value === "d") === true,
        "a header is lost",
      );
    },
  },
];

/** A function that answers only when so many calls of it are open. */
function meeting(size: number): Record<string, HostFunction> {
  const waiting: (() => void)[] = [];
  return {
    meet: ([value]) =>
      new Promise((resolve) => {
        waiting.push(() => resolve(value));
        if (waiting.length === size) for (const answer of waiting) answer();
      }),
  };
}
