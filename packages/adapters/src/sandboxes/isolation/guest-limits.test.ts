import { expect, it } from "vitest";
import { isReadableByAll } from "./readable-by-all.ts";
import { startNode, startPython } from "./test-support/guests.ts";
import { needsIsolation } from "./test-support/needs-isolation.ts";

needsIsolation();

const mebibyte = 1024 ** 2;

it("writes no more to /tmp than it holds, in whatever number of files", async () => {
  const code = `
written = 0
try:
    for number in range(10):
        with open(f"/tmp/{number}", "wb", buffering=0) as file:
            for _ in range(4): written += file.write(b"x" * 1048576)
except OSError as error:
    tell([written, errno.errorcode[error.errno]])
`;
  await using guest = await startPython(code, { scratchBytes: 8 * mebibyte });
  expect(await guest.next()).toEqual([8 * mebibyte, "ENOSPC"]);
});

it("writes no file that is larger than /tmp, not even an empty one", async () => {
  const code = 'try: os.truncate("/tmp/file", 2**40)\nexcept OSError as error: tell(errno.errorcode[error.errno])';
  await using guest = await startPython(`open("/tmp/file", "w").close()\n${code}`);
  expect(await guest.next()).toBe("EFBIG");
});

it("writes nothing where there is no scratch space", async () => {
  const code = 'try: open("/tmp/file", "w")\nexcept OSError as error: tell(errno.errorcode[error.errno])';
  await using guest = await startPython(code, { scratchBytes: 0 });
  expect(await guest.next()).toBe("EROFS");
});

it.each([
  ["os.fork()"],
  ['os.posix_spawn("/prlimit", ["prlimit"], {})'],
  ['__import__("subprocess").run(["/prlimit", "--version"])'],
])("starts no process with %s", async (attempt) => {
  await using guest = await startPython(`
try:
    ${attempt}
    tell("started")
except OSError as error: tell(errno.errorcode[error.errno])
`);
  expect(await guest.next()).toBe("EPERM");
});

it("starts no process from JavaScript", async () => {
  await using guest = await startNode('tell(require("node:child_process").spawnSync("/node").error.code)');
  expect(await guest.next()).toBe("EPERM");
});

// Of processes that are root's, Linux does not limit how many there are.
const isRoots = process.getuid?.() === 0 && !isReadableByAll(process.execPath);

it.each([
  [16, "started"],
  [128, isRoots ? "started" : "ended"],
])("starts %i threads: %s", async (threads, outcome) => {
  const code = 'require("node:fs").readFile("/dev/null", () => tell("started"))';
  await using guest = await startNode(code, { environment: { UV_THREADPOOL_SIZE: String(threads) } });
  expect(await Promise.race([guest.next(), guest.exit.then(() => "ended")])).toBe(outcome);
});

it("opens a bounded number of files", async () => {
  await using guest = await startPython(`
opened = 0
try:
    while True:
        os.dup(0)
        opened += 1
except OSError as error: tell([opened < 256, errno.errorcode[error.errno]])
`);
  expect(await guest.next()).toEqual([true, "EMFILE"]);
});

it("leaves Python that wants too much memory with a MemoryError", async () => {
  await using guest = await startPython(
    `
try: bytearray(300 * 2**20)
except MemoryError: tell("no memory")
tell(len(bytearray(100 * 2**20)) // 2**20)
`,
    { memory: { addressSpaceBytes: 256 * mebibyte } },
  );
  expect(await guest.next()).toBe("no memory");
  expect(await guest.next()).toBe(100);
});

it("leaves Node that wants too much memory outside of its heap with an error", async () => {
  const code = `
    const buffers = [];
    try { for (;;) buffers.push(new Uint8Array(32 * 2 ** 20).fill(1)); }
    catch (error) { tell([error.name, buffers.length < 12]); }
  `;
  await using guest = await startNode(code, { memory: { dataBytes: 800 * mebibyte } });
  expect(await guest.next()).toEqual(["RangeError", true]);
});
