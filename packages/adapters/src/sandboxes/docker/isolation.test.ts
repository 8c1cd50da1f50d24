import { once } from "node:events";
import { createServer } from "node:net";
import process from "node:process";
import type { RunResult } from "@smoltools/core";
import { describe, expect, test, vi } from "vitest";
import { docker } from "./index.ts";
import { dockerHint, image } from "./test-support/needs-docker.ts";

const megabyte = 1024 * 1024;
const javascript = docker({ image });
const python = docker({ image, language: "python" });

async function run(code: string, provider = javascript): Promise<RunResult> {
  await using sandbox = await provider.create({ limits: { memoryBytes: 64 * megabyte } });
  return await sandbox.run(code);
}

describe.skipIf(dockerHint).concurrent("code in a container", () => {
  test("is an ordinary user without capabilities, and cannot become more", async () => {
    const code = `const { readFileSync } = await import("node:fs");
      const status = readFileSync("/proc/self/status", "utf8");
      const field = (name) => status.match(new RegExp(name + ":\\\\s*(\\\\S+)"))[1];
      ["Uid", "Gid", "CapPrm", "CapEff", "CapBnd", "NoNewPrivs", "Seccomp"].map(field)`;
    const none = "0000000000000000";
    expect((await run(code)).value).toEqual(["65534", "65534", none, none, none, "1", "2"]);
  });

  test("has the user, the processors and the processes that the options say", async () => {
    const code = `import os
def read(*paths):
    for path in paths:
        if os.path.exists(path): return open(path).read().split()
quota = read("/sys/fs/cgroup/cpu.max") or read("/sys/fs/cgroup/cpu/cpu.cfs_quota_us") + read("/sys/fs/cgroup/cpu/cpu.cfs_period_us")
[os.getuid(), int(quota[0]) / int(quota[1]), int(read("/sys/fs/cgroup/pids.max", "/sys/fs/cgroup/pids/pids.max")[0])]`;
    const provider = docker({ image, language: "python", user: 4321, cpus: 0.5, pidsLimit: 40 });
    expect((await run(code, provider)).value).toEqual([4321, 0.5, 40]);
  });

  test("writes nowhere but to /tmp and the guest's own folder", async () => {
    const code = `const { readFileSync, writeFileSync } = await import("node:fs");
      const places = readFileSync("/proc/mounts", "utf8").split("\\n").map((line) => line.split(" ")[1]).filter(Boolean);
      [...new Set([...places, "/etc", "/usr/local/bin", "/var", "/run", "/home", "/dev/shm"])].filter((place) => {
        try { writeFileSync(place + "/new", "x"); return true; } catch { return false; }
      }).sort()`;
    expect((await run(code)).value).toEqual(["/guest", "/tmp"]);
  });

  test("cannot fill more than its /tmp", async () => {
    const code = `const { appendFileSync, statSync } = await import("node:fs");
      const part = Buffer.alloc(${megabyte});
      let code;
      try { for (;;) appendFileSync("/tmp/big", part); } catch (error) { code = error.code; }
      [code, statSync("/tmp/big").size]`;
    expect((await run(code)).value).toEqual(["ENOSPC", 64 * megabyte]);
  });

  test("reaches no network", async () => {
    const server = createServer((socket) => socket.destroy()).listen(0, "0.0.0.0");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    const code = `const { networkInterfaces } = await import("node:os");
      const { connect } = await import("node:net");
      const { resolve4 } = await import("node:dns/promises");
      const tried = (host) => new Promise((done) => {
        const socket = connect(${port}, host, () => { socket.destroy(); done("connected"); });
        socket.on("error", (error) => done(error.code));
      });
      [Object.keys(networkInterfaces()), await tried("127.0.0.1"), await tried("172.17.0.1"),
        await resolve4("example.org").catch(() => "no name")]`;
    const { value } = await run(code);
    server.close();
    expect(value).toEqual([["lo"], "ECONNREFUSED", "ENETUNREACH", "no name"]);
  });

  test("sees nothing of the host's environment", async () => {
    vi.stubEnv("SMOLTOOLS_TEST_SECRET", "secret of the host");
    const code = `const { readFileSync, readdirSync } = await import("node:fs");
      const all = readdirSync("/proc").filter((name) => /^\\d+$/.test(name)).map((id) => {
        try { return readFileSync("/proc/" + id + "/environ", "utf8"); } catch { return ""; }
      });
      [all.join("").includes("secret of the host"), Object.keys(process.env).sort()]`;
    const { value } = await run(code);
    vi.unstubAllEnvs();
    expect(value).toEqual([false, ["HOME", "HOSTNAME", "PATH"]]);
  });

  test("finds no devices, no socket of the daemon, and no process but its own", async () => {
    const code = `const { existsSync, readdirSync, readFileSync } = await import("node:fs");
      const programs = readdirSync("/proc").filter((name) => /^\\d+$/.test(name))
        .map((id) => readFileSync("/proc/" + id + "/cmdline", "utf8").split("\\0")[0].split("/").at(-1));
      [readdirSync("/dev").sort(), ["/var/run/docker.sock", "/run/docker.sock"].some(existsSync), programs.sort()]`;
    const devices = ["fd", "full", "mqueue", "null", "ptmx", "pts", "random"];
    const rest = ["stderr", "stdin", "stdout", "tty", "urandom", "zero"];
    expect((await run(code)).value).toEqual([[...devices, ...rest], false, ["docker-init", "node"]]);
  });

  test("is ended when it takes more memory than it may, outside the heap too", async () => {
    await using sandbox = await javascript.create({ limits: { memoryBytes: 64 * megabyte } });
    const { error, stateLost } = await sandbox.run(`const all = []; for (;;) all.push(Buffer.alloc(${megabyte}, 1));`);
    expect(error?.code).toBe("SANDBOX_MEMORY");
    expect(stateLost).toBe(true);
    expect((await sandbox.run("1 + 1")).value).toBe(2);
  });

  test("is refused more memory than it may have, in Python, and goes on", async () => {
    await using sandbox = await python.create({ limits: { memoryBytes: 64 * megabyte } });
    const code = `kept = 1
def fill():
    all = []
    while True: all.append(bytearray(${megabyte}))
fill()`;
    const { error, stateLost } = await sandbox.run(code);
    expect(error?.code).toBe("SANDBOX_MEMORY");
    expect(stateLost).toBe(false);
    expect((await sandbox.run("kept")).value).toBe(1);
  });

  test("is stopped from forking without end", async () => {
    const code = `import os, signal, time
children = []
try:
    for _ in range(200):
        child = os.fork()
        if child == 0:
            time.sleep(60)
            os._exit(0)
        children.append(child)
except OSError as error:
    refusal = type(error).__name__
for child in children: os.kill(child, signal.SIGKILL)
for child in children: os.waitpid(child, 0)
[refusal, 32 < len(children) < 64]`;
    expect((await run(code, python)).value).toEqual(["BlockingIOError", true]);
  });

  test("cannot mount, change its root or make namespaces", async () => {
    const code = `import ctypes, errno
libc = ctypes.CDLL(None, use_errno=True)
def refused(result): return result != 0 and errno.errorcode[ctypes.get_errno()]
[refused(libc.unshare(0x10000000)), refused(libc.mount(b"none", b"/tmp", b"tmpfs", 0, None)),
 refused(libc.setns(0, 0)), refused(libc.chroot(b"/tmp"))]`;
    expect((await run(code, python)).value).toEqual(["EPERM", "EPERM", "EPERM", "EPERM"]);
  });

  test("calls tools of the host", async () => {
    await using sandbox = await javascript.create({
      functions: { pid: () => process.pid, add: ([a, b]) => Number(a) + Number(b) },
    });
    expect((await sandbox.run("[await pid(), await add(1, 2)]")).value).toEqual([process.pid, 3]);
  });
});
