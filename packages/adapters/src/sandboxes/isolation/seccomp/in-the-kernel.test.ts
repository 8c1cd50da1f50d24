import { expect, it } from "vitest";
import { startPython } from "../test-support/guests.ts";
import { needsIsolation } from "../test-support/needs-isolation.ts";
import { refusedGroups } from "./policy.ts";
import { syscallNumbers } from "./syscall-numbers.ts";

needsIsolation();

const numbers = syscallNumbers[process.arch === "arm64" ? "arm64" : "x64"];

it.each(refusedGroups)("$names: the kernel answers $answer", async ({ names, answer }) => {
  const calls = (names.match(/\w+/g) ?? []).flatMap((name) => (numbers.has(name) ? [[name, numbers.get(name)]] : []));
  await using guest = await startPython(`
for name, number in json.loads('${JSON.stringify(calls)}'):
    tell([name, syscall(number, 0, 0, 0, 0, 0)])
tell("end")
`);
  for (const [name] of calls) expect(await guest.next()).toEqual([name, answer]);
  expect(await guest.next()).toBe("end");
});

it.each([
  ["a process by clone", "clone", "17, 0, 0, 0, 0"],
  ["a process by vfork's clone", "clone", "0x4111, 0, 0, 0, 0"],
  ["memory that is shared", "mmap", "0, 4096, 3, 0x21, 0xffffffffffffffff, 0"],
  ["memory that grows down", "mmap", "0, 4096, 3, 0x122, 0xffffffffffffffff, 0"],
  ["to outlive the host", "prctl", "1, 0, 0, 0, 0"],
  ["a pair of internet sockets", "socketpair", "2, 1, 0, 0"],
  ["a handle to the host's process", "getsockopt", "3, 1, 77, 0, 0"],
  ["the host's network interfaces", "ioctl", "3, 0x8912, 0"],
])("refuses %s", async (_, name, given) => {
  await using guest = await startPython(`tell(syscall(${numbers.get(name)}, ${given}))`);
  expect(await guest.next()).toBe("EPERM");
});

it("lets threads, event loops, callbacks from C and private memory be", async () => {
  await using guest = await startPython(`
import asyncio, mmap, threading
thread = threading.Thread(target=lambda: tell("thread"))
thread.start()
thread.join()
tell(asyncio.run(asyncio.sleep(0, "loop")))
tell(ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int)(lambda number: number + 1)(4))
tell(len(mmap.mmap(-1, 4096, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)))
`);
  expect([await guest.next(), await guest.next(), await guest.next(), await guest.next()]).toEqual([
    "thread",
    "loop",
    5,
    4096,
  ]);
});
