import type { HostFunction } from "@smoltools/core";
import { expect, test } from "vitest";
import { quickjs } from "./index.ts";

/** Longer than any time limit here and the time that a worker has to stop by itself, together. */
const longMs = 1500;
const hang = "new Array(2 ** 32 - 2).join('x')";

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

test("a worker that waits for untimed work is not taken for one that hangs", async () => {
  await using sandbox = await quickjs().create({ functions: { wait: (_, call) => call.untimed(sleep(longMs)) } });
  await sandbox.run("const own = 'kept'");
  const { value, stateLost } = await sandbox.run("await wait(); own", { timeoutMs: 400 });
  expect([value, stateLost]).toEqual(["kept", false]);
});

test.each([
  ["after untimed work", `await wait(); ${hang}`],
  ["during untimed work", `void never(); await new Promise((wake) => setTimeout(wake, ${longMs})); ${hang}`],
])("a worker that hangs %s is ended", async (_when, code) => {
  await using sandbox = await quickjs().create({
    functions: {
      wait: (_, call) => call.untimed(sleep(longMs)),
      never: (_, call) => call.untimed(new Promise(() => {})),
    },
  });
  const { error, stateLost } = await sandbox.run(code, { timeoutMs: 200 });
  expect(error?.code).toBe("SANDBOX_TIMEOUT");
  const next = await sandbox.run("1 + 1");
  expect([next.value, stateLost || next.stateLost]).toEqual([2, true]);
});

test("a sandbox is disposed at once during untimed work", async () => {
  const begun = Promise.withResolvers<void>();
  const never: HostFunction = (_, call) => {
    begun.resolve();
    return call.untimed(new Promise(() => {}));
  };
  const sandbox = await quickjs().create({ functions: { never } });
  const ended = sandbox.run("await never()").catch((error: unknown) => error);
  await begun.promise;
  await sandbox.dispose();
  expect(await ended).toMatchObject({ code: "SANDBOX_DISPOSED" });
});
