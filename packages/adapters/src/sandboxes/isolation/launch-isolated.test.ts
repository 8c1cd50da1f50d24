import { existsSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { expect, it, vi } from "vitest";
import { startGuest, startNode, startPython } from "./test-support/guests.ts";
import { needsIsolation } from "./test-support/needs-isolation.ts";
import { descendants, killHost, startHost } from "./test-support/start-host.ts";

needsIsolation();

function guestProcesses(): number[] {
  return descendants(process.pid);
}

it("passes lines in both directions over descriptor 3", async () => {
  await using guest = await startNode('onLine((line) => tell("heard " + line))');
  guest.channel.send("one");
  guest.channel.send("two");
  expect([await guest.next(), await guest.next()]).toEqual(["heard one", "heard two"]);
});

it("tells with which status a guest ended, and the last that it wrote to standard error", async () => {
  await using guest = await startNode('process.stderr.write("so long"); process.exitCode = 7; socket.unref()');
  expect(await guest.exit).toMatchObject({ code: 7, stderr: "so long" });
});

it.each([
  ["a program that is not there", "/missing", "No such file"],
  ["a program that is none", "/tmp", "Permission denied"],
])("tells by the exit of %s", async (_, program, said) => {
  await using guest = await startGuest({ command: [program], binds: [], memory: {} });
  expect(await guest.exit).toMatchObject({ stderr: expect.stringContaining(said) as string });
});

it("tells by the exit of a file that is missing on the host", async () => {
  const binds = [{ from: "/missing-on-the-host", to: "/file" }];
  await using guest = await startGuest({ command: ["/prlimit"], binds, memory: {} });
  expect(await guest.exit).toMatchObject({ stderr: expect.stringContaining("/missing-on-the-host") as string });
});

it("kills a guest that says too much at once", async () => {
  const code = "for (const length of [10, 1000, 2000]) tell('x'.repeat(length)); setInterval(() => undefined, 1000)";
  await using guest = await startNode(code, { maxMessageBytes: 1500 });
  expect([await guest.next(), await guest.next()]).toEqual(["x".repeat(10), "x".repeat(1000)]);
  expect(await guest.exit).toMatchObject({ message: "it sent a message of more than 1500 bytes" });
});

it("kills a guest that ignores everything, and with it all of its processes", async () => {
  await using guest = await startPython(`
import signal
for number in range(1, 65):
    try: signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError): pass
tell("deaf")
while True: pass
`);
  expect(await guest.next()).toBe("deaf");
  const processes = guestProcesses();
  expect(processes).toHaveLength(2);
  await guest.channel.kill();
  expect(processes.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]);
});

it("leaves no process of a guest that is killed while it starts", async () => {
  for (const delayMs of [0, 1, 2, 4, 8, 16]) {
    const guest = await startNode("for (;;);");
    await wait(delayMs);
    await guest[Symbol.asyncDispose]();
  }
  expect(guestProcesses()).toEqual([]);
});

it("can be killed more than once, and after the end", async () => {
  await using guest = await startNode("for (;;);");
  await Promise.all([guest.channel.kill(), guest.channel.kill()]);
  await guest.channel.kill();
  guest.channel.interrupt?.();
  expect(await guest.exit).toMatchObject({ code: 128 + 9 });
});

it("interrupts a guest at work with SIGINT", async () => {
  await using guest = await startPython(`
try:
    tell("at work")
    while True: pass
except KeyboardInterrupt: tell("interrupted")
`);
  expect(await guest.next()).toBe("at work");
  guest.channel.interrupt?.();
  expect(await guest.next()).toBe("interrupted");
});

it("does not end a guest by an interrupt that it does not handle", async () => {
  await using guest = await startNode('onLine((line) => tell(line)); tell("ready")');
  expect(await guest.next()).toBe("ready");
  guest.channel.interrupt?.();
  guest.channel.send("still here");
  expect(await guest.next()).toBe("still here");
});

it("tells the processor time of a guest, of all its threads, and that it is idle", async () => {
  await using guest = await startPython(`
import threading, time
def work():
    start = time.thread_time()
    while time.thread_time() - start < 0.15: pass
threads = [threading.Thread(target=work) for _ in range(2)]
for thread in threads: thread.start()
for thread in threads: thread.join()
tell(time.process_time() * 1000)
for line in lines: tell(time.process_time() * 1000)
`);
  const told = Number(await guest.next());
  const seen = Number(await guest.channel.busyMs?.());
  expect(told).toBeGreaterThan(290);
  expect(Math.abs(seen - told)).toBeLessThan(60);
  await wait(100);
  expect(Number(await guest.channel.busyMs?.()) - seen).toBeLessThan(60);
  await guest.channel.kill();
  expect(Number(await guest.channel.busyMs?.())).toBeGreaterThanOrEqual(seen);
});

it.each([
  ["works", "node", "tell(1); for (;;);"],
  ["waits", "node", "tell(1); setInterval(() => undefined, 1000)"],
  ["tries to stay", "python", "libc.prctl(1, 0, 0, 0, 0)\ntell(1)\nwhile True: pass"],
] as const)("ends a guest that %s when its host is killed", async (_, language, code) => {
  using host = startHost(language, code);
  expect(await host.next()).toBe(1);
  const processes = descendants(host.process.pid);
  expect(processes).toHaveLength(2);
  await killHost(host);
  await vi.waitFor(() => expect(processes.filter(isRunning)).toEqual([]), { timeout: 10_000 });
});

/** Whether a process still runs: one that is dead but not yet waited for does not. */
function isRunning(pid: number): boolean {
  return existsSync(`/proc/${pid}/cwd`);
}
