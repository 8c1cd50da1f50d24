import {
  codeOf,
  expect,
  expectEqual,
  expectValue,
  noOptions,
  rejection,
  sandboxCase,
  type SandboxCase,
} from "../sandbox-case.ts";
import { deferred } from "./deferred.ts";

/** Creation, the order of runs, abort and disposal. */
export const lifecycleCases: readonly SandboxCase[] = [
  sandboxCase("performs runs one after another", { functions: { pause: () => Promise.resolve() } }, async (sandbox) => {
    const first = sandbox.run({
      javascript: "globalThis.log = []; log.push(1); await pause(); log.push(2);",
      python: "log = []\nlog.append(1)\npause()\nlog.append(2)",
    });
    const second = sandbox.run({ javascript: "log.push(3); log", python: "log.append(3)\nlog" });
    expectValue(await second, [1, 2, 3]);
    await first;
  }),
  sandboxCase("tells how long a run took", noOptions, async (sandbox) => {
    const { durationMs } = await sandbox.run("1");
    expect(Number.isFinite(durationMs) && durationMs >= 0, `durationMs is ${durationMs}`);
  }),
  sandboxCase("rejects an aborted run with the reason, and works on", noOptions, async (sandbox) => {
    const controller = new AbortController();
    await sandbox.run({ javascript: "const own = 1", python: "own = 1" });
    const run = sandbox.run(
      { javascript: "console.log('on'); while (true) {}", python: "print('on')\nwhile True: pass" },
      { signal: controller.signal, onOutput: () => controller.abort(new Error("enough")) },
    );
    expectEqual(String(await rejection(run)), "Error: enough", "reason");
    const next = await sandbox.run({ javascript: "typeof own === 'number'", python: "'own' in globals()" });
    expectValue(next, !next.stateLost);
  }),
  {
    name: "lets a run be aborted that waits for its turn",
    run: async (provider) => {
      const open = deferred<number>();
      await using sandbox = await provider.create({ functions: { gate: () => open.promise } });
      const first = sandbox.run({ javascript: "await gate()", python: "gate()" });
      const controller = new AbortController();
      const second = rejection(
        sandbox.run({ javascript: "globalThis.ran = 1", python: "ran = 1" }, { signal: controller.signal }),
      );
      controller.abort(new Error("enough"));
      expectEqual(String(await second), "Error: enough", "reason");
      open.resolve(1);
      expectValue(await first, 1);
      expectValue(await sandbox.run({ javascript: "'ran' in globalThis", python: "'ran' in globals()" }), false);
    },
  },
  sandboxCase("does not start a run whose signal is aborted", noOptions, async (sandbox) => {
    const run = sandbox.run(
      { javascript: "globalThis.ran = 1", python: "ran = 1" },
      { signal: AbortSignal.abort("no") },
    );
    expectEqual(String(await rejection(run)), "no", "reason");
    expectValue(await sandbox.run({ javascript: "'ran' in globalThis", python: "'ran' in globals()" }), false);
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
      const started = deferred<void>();
      const never = (): Promise<never> => {
        started.resolve();
        return new Promise(() => {});
      };
      const sandbox = await provider.create({ functions: { never } });
      const ended = rejection(sandbox.run({ javascript: "await never()", python: "never()" }));
      await Promise.race([started.promise, ended]);
      await sandbox.dispose();
      expectEqual(codeOf(await ended), "SANDBOX_DISPOSED", "code");
    },
  },
];
