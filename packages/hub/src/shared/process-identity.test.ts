import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { isRunning, ownIdentity } from "./process-identity.ts";

test("this process runs", async () => {
  expect(await isRunning(await ownIdentity())).toBe(true);
});

test("a process that has ended does not", async () => {
  const { pid } = spawnSync(process.execPath, ["-e", ""]);
  expect(await isRunning({ ...(await ownIdentity()), pid })).toBe(false);
});

test("another process under the id of a former one is not that one", async () => {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  await once(child, "spawn");
  const { pid = 0 } = child;
  const own = await ownIdentity();
  const running = await isRunning({ ...own, pid });
  child.kill("SIGKILL");
  await once(child, "exit");
  // Where the system does not tell when a process was started, its id is all there is.
  expect(running).toBe(own.started === "");
});

test("of processes of other machines nothing is known", async () => {
  expect(await isRunning({ host: "elsewhere.invalid", pid: 1, started: "" })).toBeUndefined();
});
