import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { startNode, startPython } from "./test-support/guests.ts";
import { needsIsolation } from "./test-support/needs-isolation.ts";
import { startHost } from "./test-support/start-host.ts";

needsIsolation();

const secret = "a secret of the host";

it("has its program, libraries, three devices and an empty /tmp for files", async () => {
  await using guest = await startNode(`
    const { readdirSync } = require("node:fs");
    tell(["/", "/dev", "/tmp", "/usr"].map((folder) => readdirSync(folder)));
  `);
  expect(await guest.next()).toEqual([
    expect.arrayContaining(["dev", "lib", "node", "prlimit", "tmp", "usr"]),
    ["null", "random", "urandom"],
    [],
    expect.not.arrayContaining(["bin", "local", "share"]),
  ]);
});

it.each(["/proc", "/sys", "/etc", "/home", "/root", "/var", "/run", "/usr/bin", "/dev/shm", "/dev/zero", "/dev/tty"])(
  "has no %s",
  async (path) => {
    await using guest = await startNode(`tell(require("node:fs").existsSync("${path}"))`);
    expect(await guest.next()).toBe(false);
  },
);

it("has nothing of the host's environment", async () => {
  process.env.SMOLTOOLS_TEST_SECRET = secret;
  try {
    await using guest = await startNode("tell(process.env)", { environment: { LANG: "C.UTF-8" } });
    expect(await guest.next()).toEqual({ LANG: "C.UTF-8", PWD: "/tmp" });
  } finally {
    delete process.env.SMOLTOOLS_TEST_SECRET;
  }
});

it("is nobody, and process 1 of a machine of another name", async () => {
  await using guest = await startPython(
    "tell([os.getuid(), os.getgid(), os.getgroups(), os.getpid(), os.getppid(), os.uname().nodename])",
  );
  expect(await guest.next()).toEqual([65534, 65534, [], 1, 0, "sandbox"]);
});

it.each([0, 9])("cannot send the host the signal %i", async (signal) => {
  await using guest = await startPython(`
for pid in (${process.pid}, ${process.ppid}):
    try: tell(os.kill(pid, ${signal}))
    except OSError as error: tell(errno.errorcode[error.errno])
`);
  expect([await guest.next(), await guest.next()]).toEqual(["ESRCH", "ESRCH"]);
});

it("has nothing on standard input and output, and loses what it prints there", async () => {
  await using guest = await startPython('print("lost", flush=True); tell(os.read(0, 10).decode())');
  expect(await guest.next()).toBe("");
});

it("has no descriptors but standard ones and the channel", async () => {
  await using guest = await startPython(`
lines.close()
nothing, socket = os.stat("/dev/null").st_rdev, 0o140000
kinds = {}
for number in range(256):
    try: status = os.fstat(number)
    except OSError: continue
    kinds[number] = "nothing" if status.st_rdev == nothing else "socket" if status.st_mode & 0o170000 == socket else "?"
tell([kinds.pop(number) for number in range(4)])
tell([kind for kind in kinds.values() if kind != "nothing"])
`);
  expect(await guest.next()).toEqual(["nothing", "nothing", "socket", "socket"]);
  expect(await guest.next()).toEqual([]);
});

it("gets nothing from a descriptor that its host has been started with", async () => {
  const folder = mkdtempSync(join(tmpdir(), "smoltools-isolation-"));
  writeFileSync(join(folder, "secret.txt"), secret);
  const file = openSync(join(folder, "secret.txt"), "r");
  try {
    using host = startHost("python", "tell([os.pread(40, 100, 0).decode(), os.fstat(40).st_size])", { 40: file });
    expect(await host.next()).toEqual(["", 0]);
  } finally {
    closeSync(file);
    rmSync(folder, { recursive: true });
  }
});

it("sees what is bound, without being able to change it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "smoltools-isolation-"));
  try {
    writeFileSync(join(folder, "data.txt"), "of the host");
    const code = `
      const fs = require("node:fs");
      tell(fs.readFileSync("/given/data.txt", "utf8"));
      for (const change of [() => fs.writeFileSync("/given/data.txt", ""), () => fs.unlinkSync("/given/data.txt")]) {
        try { change(); tell("changed"); } catch (error) { tell(error.code); }
      }
    `;
    await using guest = await startNode(code, {
      binds: [
        { from: process.execPath, to: "/node" },
        { from: folder, to: "/given" },
      ],
    });
    expect([await guest.next(), await guest.next(), await guest.next()]).toEqual(["of the host", "EROFS", "EROFS"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it.each(["/file", "/dev/file", "/usr/lib/file", "/node", "/prlimit"])("cannot write to %s", async (path) => {
  await using guest = await startNode(`
    try { require("node:fs").writeFileSync("${path}", "x"); tell("written"); } catch (error) { tell(error.code); }
  `);
  expect(await guest.next()).toMatch(/^(EROFS|EACCES|ETXTBSY)$/);
});
