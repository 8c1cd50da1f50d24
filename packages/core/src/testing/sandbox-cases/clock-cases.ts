import type { HostCall, HostFunction, SandboxOptions } from "../../sandbox/sandbox.ts";
import {
  aborted,
  expect,
  expectEqual,
  expectError,
  expectValue,
  rejection,
  sandboxCase,
  type SandboxCase,
} from "../sandbox-case.ts";
import { type Program, source } from "../sandbox-program.ts";
import { deferred } from "./deferred.ts";

/** Time limit of runs that must keep it: enough for a slow machine to do nearly nothing. */
const timeoutMs = 600;
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
  wait: (_, call) => call.untimed(aborted(call.signal)),
};

const options: SandboxOptions = { functions };

/** Loads what the programs need, so that it takes none of their time. */
const warmUp: Program = {
  javascript: "await timed(0); await new Promise((done) => setTimeout(done, 1));",
  python: "import asyncio, time\nawait asyncio.gather(timed.aio(0), asyncio.sleep(0.001))",
};

/** A case whose run has to keep its limit. */
function inTimeCase(name: string, program: Program, value: unknown): SandboxCase {
  return sandboxCase(name, options, async (sandbox) => {
    await sandbox.run(warmUp);
    expectValue(await sandbox.run(program, { timeoutMs }), value);
  });
}

/** A case whose run takes all of its time, and not much more. */
function lateCase(name: string, program: Program, message?: RegExp): SandboxCase {
  return sandboxCase(name, options, async (sandbox) => {
    await sandbox.run(warmUp);
    const result = await sandbox.run(program, { timeoutMs });
    expectError(result, "SANDBOX_TIMEOUT", message);
    // Where only its own work counts, a machine that is busy with other things makes it last longer.
    expect(result.durationMs < 25 * timeoutMs, `it took ${result.durationMs} ms`);
  });
}

/** What counts as the time of a run. */
export const clockCases: readonly SandboxCase[] = [
  lateCase(
    "counts what a host function waits for",
    { javascript: `await timed(${longMs})`, python: `timed(${longMs})` },
    /timed/,
  ),
  inTimeCase(
    "does not count what a host function waits for untimed",
    { javascript: `await untimed(${longMs}, "yes")`, python: `untimed(${longMs}, "yes")` },
    "yes",
  ),
  inTimeCase(
    "does not count any part of untimed work that overlaps",
    {
      javascript: `await Promise.all([untimed(${longMs / 2}, 1), untimed(${longMs}, 2)])`,
      python: `import asyncio\nawait asyncio.gather(untimed.aio(${longMs / 2}, 1), untimed.aio(${longMs}, 2))`,
    },
    [1, 2],
  ),
  inTimeCase(
    "does not count untimed work inside untimed work",
    { javascript: "await nested(); 'done'", python: "nested()\n'done'" },
    "done",
  ),
  inTimeCase(
    "does not count the waiting of code that looks again and again whether untimed work is done",
    {
      javascript: source`
        let done = false; void untimed(${longMs}).then(() => { done = true; });
        while (!done) await new Promise((wake) => setTimeout(wake, 25));
        done
      `,
      python: source`
        import asyncio
        task = asyncio.ensure_future(untimed.aio(${longMs}))
        while not task.done(): await asyncio.sleep(0.025)
        True
      `,
    },
    true,
  ),
  lateCase("stops an endless loop during untimed work", {
    javascript: "void wait().catch(() => {}); await timed(0);\nfor (;;);",
    python: source`
      import asyncio
      task = asyncio.ensure_future(wait.aio())
      await timed.aio(0)
      while True: pass
    `,
  }),
  lateCase("counts the work of code that does a little again and again during untimed work", {
    javascript: source`
      void wait().catch(() => {});
      for (;;) {
        await new Promise((wake) => setTimeout(wake, 1));
        for (const until = Date.now() + 25; Date.now() < until; );
      }
    `,
    python: source`
      import asyncio, time
      task = asyncio.ensure_future(wait.aio())
      while True:
          await asyncio.sleep(0.001)
          until = time.monotonic() + 0.025
          while time.monotonic() < until: pass
    `,
  }),
  lateCase(
    "counts again when untimed work is done",
    { javascript: "await untimed(100); await forever();", python: "untimed(100)\nforever()" },
    /forever/,
  ),
  lateCase(
    "counts again when untimed work has failed",
    {
      javascript: "await refused().catch(() => {}); await forever();",
      python: "try: refused()\nexcept Exception: pass\nforever()",
    },
    /forever/,
  ),
  lateCase("counts again when the call that began untimed work is over", {
    javascript: "await forgotten(); await forever();",
    python: "forgotten()\nforever()",
  }),
  sandboxCase("tells the error of untimed work", options, async (sandbox) => {
    const { error } = await sandbox.run({ javascript: "await refused()", python: "refused()" });
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
      const run = sandbox.run({ javascript: "await wait()", python: "wait()" }, { signal: controller.signal });
      expectEqual(String(await rejection(run)), "Error: enough", "reason");
      await ended;
      expectValue(await sandbox.run("1"), 1);
    },
  },
  {
    name: "lets work be waited for untimed after the run, to no effect on the next",
    run: async (provider) => {
      const left = deferred<HostCall>();
      const leave: HostFunction = (_, call) => {
        left.resolve(call);
        return call.untimed(new Promise(() => {}));
      };
      const gone = (): Promise<void> => left.promise.then(() => undefined);
      await using sandbox = await provider.create({ functions: { ...functions, leave, gone } });
      const program = {
        javascript: "void leave().catch(() => {}); await gone(); 1",
        python: "import asyncio\ntask = asyncio.ensure_future(leave.aio())\nawait gone.aio()\n1",
      };
      expectValue(await sandbox.run(program), 1);
      const call = await left.promise;
      void call.untimed(new Promise(() => {}));
      expectEqual(await call.untimed(Promise.resolve("late")), "late", "result");
      const forever = { javascript: "await forever()", python: "forever()" };
      expectError(await sandbox.run(forever, { timeoutMs }), "SANDBOX_TIMEOUT");
    },
  },
];

function sleep(ms: number, value?: unknown): Promise<unknown> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(value), ms);
  });
}
