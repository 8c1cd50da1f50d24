import type { HostCall, HostFunction } from "../sandbox/sandbox.ts";
import {
  aborted,
  expect,
  expectEqual,
  expectError,
  expectValue,
  rejection,
  sandboxCase,
  type SandboxCase,
} from "./sandbox-case.ts";

/** Time limit of runs that must keep it: enough for a slow machine to do nearly nothing. */
const timeoutMs = 400;
/** So long that no run can wait for it within its limit. */
const longMs = 1000;

const functions: Readonly<Record<string, HostFunction>> = {
  timed: ([ms]) => sleep(Number(ms)),
  untimed: ([ms, value], call) => call.untimed(sleep(Number(ms), value)),
  nested: async (_, call) => {
    const inner = call.untimed(sleep(longMs / 2));
    await call.untimed(inner.then(() => sleep(longMs / 2)));
  },
  refused: (_, call) => call.untimed(sleep(0).then(() => Promise.reject(new RangeError("nobody agreed")))),
  forgotten: (_, call) => void call.untimed(new Promise(() => {})),
  forever: () => new Promise(() => {}),
  untimedForever: (_, call) => call.untimed(aborted(call.signal)),
};

/** A case whose run has to keep its limit, so everything is loaded before. */
function inTimeCase(name: string, code: string, value: unknown): SandboxCase {
  return sandboxCase(name, { functions }, async (sandbox) => {
    await sandbox.run("await timed(0); await new Promise((done) => setTimeout(done, 1));");
    expectValue(await sandbox.run(code, { timeoutMs }), value);
  });
}

/** A case whose run takes all of its time, and not much more. */
function lateCase(name: string, code: string, message?: RegExp): SandboxCase {
  return sandboxCase(name, { functions }, async (sandbox) => {
    const result = await sandbox.run(code, { timeoutMs });
    expectError(result, "SANDBOX_TIMEOUT", message);
    expect(result.durationMs < 10 * timeoutMs, `it took ${result.durationMs} ms`);
  });
}

/** What counts as the time of a run. */
export const clockCases: readonly SandboxCase[] = [
  lateCase("counts what a host function waits for", `await timed(${longMs})`, /timed/),
  inTimeCase("does not count what a host function waits for untimed", `await untimed(${longMs}, "yes")`, "yes"),
  inTimeCase(
    "does not count any part of untimed work that overlaps",
    `await Promise.all([untimed(${longMs / 2}, 1), untimed(${longMs}, 2)])`,
    [1, 2],
  ),
  inTimeCase("does not count untimed work inside untimed work", "await nested(); 'done'", "done"),
  inTimeCase(
    "does not count the waiting of code that looks again and again whether untimed work is done",
    `let done = false; void untimed(${longMs}).then(() => { done = true; });
     while (!done) await new Promise((wake) => setTimeout(wake, 25));
     done`,
    true,
  ),
  lateCase(
    "stops an endless loop during untimed work",
    "void untimedForever().catch(() => {}); await timed(0);\nfor (;;);",
  ),
  lateCase(
    "counts the work of code that does a little again and again during untimed work",
    `void untimedForever().catch(() => {});
     for (;;) {
       await new Promise((wake) => setTimeout(wake, 1));
       for (const until = Date.now() + 25; Date.now() < until; );
     }`,
  ),
  lateCase("counts again when untimed work is done", "await untimed(100); await forever();", /forever/),
  lateCase("counts again when untimed work has failed", "await refused().catch(() => {}); await forever();", /forever/),
  lateCase("counts again when the call that began untimed work is over", "await forgotten(); await forever();"),
  sandboxCase("tells the error of untimed work", { functions }, async (sandbox) => {
    const { error } = await sandbox.run("await refused()");
    expectEqual([error?.name, error?.message], ["RangeError", "nobody agreed"], "error");
  }),
  {
    name: "ends at once when it is aborted during untimed work",
    run: async (provider) => {
      const controller = new AbortController();
      let ended: Promise<void> | undefined;
      const wait: HostFunction = (_, { signal, untimed }) => {
        ended = aborted(signal);
        controller.abort(new Error("enough"));
        return untimed(new Promise(() => {}));
      };
      await using sandbox = await provider.create({ functions: { wait } });
      const run = sandbox.run("await wait()", { signal: controller.signal });
      expectEqual(String(await rejection(run)), "Error: enough", "reason");
      await ended;
      expectValue(await sandbox.run("1"), 1);
    },
  },
  {
    name: "lets work be waited for untimed after the run, to no effect on the next",
    run: async (provider) => {
      let call: HostCall | undefined;
      const leave: HostFunction = (_, given) => {
        call = given;
        return given.untimed(new Promise(() => {}));
      };
      await using sandbox = await provider.create({ functions: { ...functions, leave } });
      expectValue(await sandbox.run("void leave().catch(() => {}); await timed(0); 1"), 1);
      void call?.untimed(new Promise(() => {}));
      expectEqual(await call?.untimed(Promise.resolve("late")), "late", "result");
      expectError(await sandbox.run("await forever()", { timeoutMs }), "SANDBOX_TIMEOUT");
    },
  },
];

function sleep(ms: number, value?: unknown): Promise<unknown> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(value), ms);
  });
}
