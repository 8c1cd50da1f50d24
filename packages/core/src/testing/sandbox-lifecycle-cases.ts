import type { SandboxProvider } from "../sandbox/sandbox.ts";
import {
  codeOf,
  expect,
  expectEqual,
  expectError,
  expectValue,
  rejection,
  runCase,
  sandboxCase,
  type SandboxCase,
  valueCase,
} from "./sandbox-case.ts";

/** Creation, abort and disposal, and what the code can see of the machine. */
export const lifecycleCases: readonly SandboxCase[] = [
  valueCase(
    "gives the code nothing of the machine",
    "['process', 'require', 'module', 'Deno', 'Bun', 'WebAssembly', 'Worker', 'XMLHttpRequest'].filter((name) => name in globalThis)",
    [],
  ),
  ...["node:fs", "fs", "https://example.org/x.js", "./local.js", "data:text/javascript,0"].map((specifier) =>
    runCase(`does not import ${specifier}`, `await import(${JSON.stringify(specifier)})`, (result) =>
      expectError(result, "SANDBOX_EXCEPTION"),
    ),
  ),
  runCase("has no network without permission", "await fetch('http://127.0.0.1:1/')", (result) =>
    expectError(result, "SANDBOX_EXCEPTION", /network|permission/),
  ),
  valueCase(
    "gives no way out through constructors",
    `const seen = [];
     for (const start of [globalThis, {}, echo, echo(1), console, console.log, await echo({}), new Error("x")])
       seen.push(start.constructor.constructor("return typeof process")());
     seen.filter((type) => type !== "undefined")`,
    [],
    { functions: { echo: ([value]) => value } },
  ),
  {
    name: "keeps sandboxes apart",
    run: async (provider) => {
      await using first = await provider.create();
      await using second = await provider.create();
      await first.run("globalThis.secret = 1; Object.prototype.polluted = 1;");
      expectValue(await second.run("[typeof secret, {}.polluted ?? 'clean']"), ["undefined", "clean"]);
    },
  },
  {
    name: "leaves nothing for the sandbox that comes after",
    run: async (provider) => {
      const first = await provider.create();
      await first.run("globalThis.secret = 1; Object.prototype.polluted = 1;");
      await first.dispose();
      await using second = await provider.create();
      expectValue(await second.run("[typeof secret, {}.polluted ?? 'clean']"), ["undefined", "clean"]);
    },
  },
  sandboxCase("performs runs one after another", { functions: { pause: () => Promise.resolve() } }, async (sandbox) => {
    const first = sandbox.run("globalThis.log = []; log.push(1); await pause(); log.push(2);");
    expectValue(await sandbox.run("log.push(3); log"), [1, 2, 3]);
    await first;
  }),
  sandboxCase("tells how long a run took", {}, async (sandbox) => {
    const { durationMs } = await sandbox.run("1");
    expect(Number.isFinite(durationMs) && durationMs >= 0, `durationMs is ${durationMs}`);
  }),
  sandboxCase("rejects an aborted run with the reason, and works on", {}, async (sandbox) => {
    const controller = new AbortController();
    const run = sandbox.run("console.log('on'); while (true) {}", {
      signal: controller.signal,
      onOutput: () => controller.abort(new Error("enough")),
    });
    expectEqual(String(await rejection(run)), "Error: enough", "reason");
    expectValue(await sandbox.run("1"), 1);
  }),
  sandboxCase("does not start a run whose signal is aborted", {}, async (sandbox) => {
    expectEqual(
      String(await rejection(sandbox.run("globalThis.ran = 1", { signal: AbortSignal.abort("no") }))),
      "no",
      "reason",
    );
    expectValue(await sandbox.run("typeof ran"), "undefined");
  }),
  {
    name: "creates nothing when the signal is aborted",
    run: async (provider) => {
      expectEqual(String(await rejection(provider.create({ signal: AbortSignal.abort("no") }))), "no", "reason");
    },
  },
  {
    name: "outlives the signal of its creation",
    run: async (provider) => {
      const controller = new AbortController();
      await using sandbox = await provider.create({ signal: controller.signal });
      controller.abort();
      expectValue(await sandbox.run("1"), 1);
    },
  },
  {
    name: "can be disposed twice, and refuses to run afterwards",
    run: async (provider) => {
      const sandbox = await provider.create();
      await Promise.all([sandbox.dispose(), sandbox.dispose()]);
      await sandbox.dispose();
      expectEqual(codeOf(await rejection(sandbox.run("1"))), "SANDBOX_DISPOSED", "code");
    },
  },
  {
    name: "ends a run in progress when it is disposed",
    run: async (provider) => {
      let started = (): void => {};
      const running = new Promise<void>((resolve) => {
        started = resolve;
      });
      const never = (): Promise<never> => {
        started();
        return new Promise(() => {});
      };
      const sandbox = await provider.create({ functions: { never } });
      const ended = rejection(sandbox.run("await never()"));
      await Promise.race([running, ended]);
      await sandbox.dispose();
      expectEqual(codeOf(await ended), "SANDBOX_DISPOSED", "code");
    },
  },
  ...badOptions(),
];

function badOptions(): SandboxCase[] {
  const cases: [what: string, create: (provider: SandboxProvider) => Promise<unknown>][] = [
    ["a function whose name is no identifier", (provider) => provider.create({ functions: { "a b": () => 1 } })],
    ["a function called finalAnswer", (provider) => provider.create({ functions: { finalAnswer: () => 1 } })],
    ["a variable that is no JSON", (provider) => provider.create({ variables: { a: 1n } })],
    [
      "a variable called __proto__",
      (provider) => provider.create({ variables: JSON.parse('{"__proto__":1}') as Record<string, unknown> }),
    ],
    ["a limit that is no number", (provider) => provider.create({ limits: { timeoutMs: Number.NaN } })],
  ];
  return cases.map(([what, create]) => ({
    name: `refuses ${what}`,
    run: async (provider) => expectEqual(codeOf(await rejection(create(provider))), "SANDBOX_BAD_OPTIONS", "code"),
  }));
}
