import { type HostileProgram, hostilePrograms, type HostileSource } from "../hostile-program.ts";
import { builtins } from "./builtins.ts";

const nothing = { value: [] };

const sources: readonly HostileSource[] = [
  {
    name: "a file of the host, by every path that may lead to it",
    code: `
      const fs = await builtin("fs");
      const { secretFile } = target;
      const read = (path) => () => fs.readFileSync(path, "utf8");
      const through = (make) => () => {
        try { make(secretFile, "/tmp/smoltools-hostile-link"); return read("/tmp/smoltools-hostile-link")(); }
        finally { fs.unlinkSync("/tmp/smoltools-hostile-link"); }
      };
      await reached({
        path: read(secretFile),
        "root of itself": read("/proc/self/root" + secretFile),
        "root of process 1": read("/proc/1/root" + secretFile),
        "root of the parent": read("/proc/" + process.ppid + "/root" + secretFile),
        "working folder": read("/proc/1/cwd" + secretFile),
        "many steps up": read("../".repeat(50) + secretFile.slice(1)),
        url: read(new URL("file://" + secretFile)),
        link: through(fs.symlinkSync),
        copy: through(fs.copyFileSync),
        "hard link": through(fs.linkSync),
        "what is in its folder": () => fs.readdirSync(secretFile.slice(0, secretFile.lastIndexOf("/"))).join(),
      })`,
    ends: nothing,
  },
  {
    name: "files of the system about its users and its host",
    code: `
      const fs = await builtin("fs");
      await reached(Object.fromEntries(
        ["/etc/passwd", "/etc/shadow", "/etc/hosts", "/etc/hostname", "/etc/resolv.conf", "/etc/machine-id",
          "/root/.ssh", "/root/.bashrc", "/home", "/var/log", "/var/run/docker.sock", "/run", "/mnt", "/srv", "/boot"]
          .map((path) => [path, () => (fs.statSync(path).isDirectory() ? fs.readdirSync(path).length > 0 : true)]),
      ))`,
    ends: nothing,
  },
  {
    name: "the environment of the host",
    code: `
      const fs = await builtin("fs");
      const name = target.secretEnvironmentName;
      const holds = (path) => () => fs.readFileSync(path, "latin1").includes(name);
      const processes = (await list("/proc")).filter((one) => /^\\d+$/.test(one));
      await reached({
        own: () => name in process.env,
        report: () => JSON.stringify(process.report?.getReport() ?? {}).includes(name),
        ...Object.fromEntries(processes.map((one) => [one, holds("/proc/" + one + "/environ")])),
        "process 1": holds("/proc/1/environ"),
        parent: holds("/proc/" + process.ppid + "/environ"),
        "process of the host": holds("/proc/" + target.hostPid + "/environ"),
      })`,
    ends: nothing,
  },
  {
    name: "processes of the host",
    code: `
      const fs = await builtin("fs");
      const seen = (await list("/proc")).filter((one) => /^\\d+$/.test(one)).length;
      await reached({
        "in sight": () => seen > 16 && seen,
        "of the host": () => process.kill(target.hostPid, 0),
        memory: () => fs.openSync("/proc/" + target.hostPid + "/mem"),
        "memory of process 1": () => fs.openSync("/proc/1/mem"),
        "priority of the host": () => process.getBuiltinModule("os").getPriority(target.hostPid),
      })`,
    ends: nothing,
  },
  {
    name: "descriptors that the host has left open",
    code: `
      const fs = await builtin("fs");
      const open = Array.from({ length: 1024 }, (_, fd) => fd).slice(3).flatMap((fd) => {
        try { return [fs.fstatSync(fd)]; } catch { return []; }
      });
      const sockets = open.filter((one) => one.isSocket()).length;
      const files = open.filter((one) => one.isFile() || one.isDirectory() || one.isBlockDevice()).length;
      await reached({ sockets: () => sockets > 1 && sockets, files: () => files > 0 && files })`,
    ends: nothing,
  },
  {
    name: "sockets of the host",
    code: `
      const net = await builtin("net");
      const connect = (options) => () => new Promise((resolve, reject) => {
        const socket = net.connect(options, () => { socket.destroy(); resolve("connected"); });
        socket.setTimeout(500, () => { socket.destroy(); reject(new Error("late")); });
        socket.on("error", reject);
      });
      await reached({
        "127.0.0.1": connect({ host: "127.0.0.1", port: target.tcpPort }),
        "::1": connect({ host: "::1", port: target.tcpPort }),
        "::ffff:127.0.0.1": connect({ host: "::ffff:127.0.0.1", port: target.tcpPort }),
        "0.0.0.0": connect({ host: "0.0.0.0", port: target.tcpPort }),
        localhost: connect({ host: "localhost", port: target.tcpPort }),
        path: connect({ path: target.unixSocket }),
        abstract: connect({ path: "\\0" + target.abstractSocket }),
      })`,
    ends: nothing,
  },
  {
    name: "datagrams to the host",
    code: `
      const dgram = await builtin("dgram");
      const socket = dgram.createSocket("udp4");
      socket.on("error", () => {});
      await new Promise((resolve) => {
        setTimeout(resolve, 500);
        socket.send("out", target.udpPort, "127.0.0.1", resolve);
      });
      try { socket.close(); } catch {}
      "sent"`,
    ends: "anyhow",
  },
  {
    name: "names and interfaces of the network",
    code: `
      const [dns, os] = [await builtin("dns"), await builtin("os")];
      const soon = (work) => Promise.race([work, new Promise((_, reject) => setTimeout(reject, 500))]);
      await reached({
        interfaces: () => Object.values(os.networkInterfaces()).flat().some(({ internal }) => !internal),
        lookup: async () => (await soon(dns.promises.lookup("example.org"))).address,
        resolve: async () => (await soon(dns.promises.resolve4("example.org"))).join(),
        server: async () => (await soon(new dns.promises.Resolver().resolveNs("."))).join(),
      })`,
    ends: nothing,
  },
  {
    name: "requests to the host",
    code: `
      const http = await builtin("http");
      const url = "http://127.0.0.1:" + target.tcpPort + "/";
      await reached({
        fetch: async () => (await fetch(url, { signal: AbortSignal.timeout(500) })).status,
        http: () => new Promise((resolve, reject) => http.get(url, { timeout: 500 }, resolve).on("error", reject)),
        socket: () => new Promise((resolve, reject) => {
          const socket = new WebSocket("ws://127.0.0.1:" + target.tcpPort);
          socket.onopen = () => resolve("open");
          socket.onerror = reject;
          setTimeout(reject, 500);
        }),
      })`,
    ends: nothing,
  },
  {
    name: "programs of the host",
    code: `
      const [child, fs] = [await builtin("child_process"), await builtin("fs")];
      const options = { timeout: 1000, encoding: "utf8" };
      const holds = (text) => text.includes(target.secretEnvironmentName) || text.includes("root:");
      await reached({
        shell: () => holds(child.execSync("env; cat " + target.secretFile + " /etc/passwd", options)),
        "by itself": () => holds(child.execFileSync(process.execPath, ["-p", "JSON.stringify(process.env)"], options)),
        suid: () => ["/usr/bin/su", "/bin/su", "/usr/bin/sudo", "/usr/bin/mount"].find((path) =>
          fs.existsSync(path) && child.spawnSync(path, ["--version"], options).status === 0),
        binding: () => process.binding("spawn_sync").spawn({ file: "/bin/sh", args: ["sh", "-c", "exit 7"] }).status === 7,
      })`,
    ends: nothing,
  },
  {
    name: "files outside of its own folder",
    code: `
      const fs = await builtin("fs");
      const folders = [target.secretFile.slice(0, target.secretFile.lastIndexOf("/")), "/", "/usr", "/usr/lib", "/etc",
        "/bin", "/lib", "/home", "/root", "/var/tmp", "/opt", "/guest", "/proc", "/sys"];
      await reached(Object.fromEntries(folders.map((folder) => [folder, () => {
        const path = folder + "/smoltools-hostile";
        fs.writeFileSync(path, "out");
        fs.unlinkSync(path);
        return true;
      }])))`,
    ends: nothing,
  },
  {
    name: "settings and devices of the kernel",
    code: `
      const fs = await builtin("fs");
      const open = (flags) => (path) => [path, () => fs.closeSync(fs.openSync(path, flags)) ?? true];
      await reached(Object.fromEntries([
        ...["/proc/sysrq-trigger", "/proc/sys/kernel/core_pattern", "/proc/sys/vm/drop_caches", "/proc/self/oom_adj",
          "/sys/kernel/uevent_helper", "/sys/fs/cgroup/cgroup.procs"].map(open("r+")),
        ...["/dev/mem", "/dev/kmem", "/dev/kmsg", "/dev/sda", "/dev/vda", "/dev/fuse", "/dev/kvm", "/dev/net/tun",
          "/proc/kcore", "/proc/kmsg", "/dev/input/event0"].map(open("r")),
      ]))`,
    ends: nothing,
  },
  {
    name: "privileges",
    code: `
      const fs = await builtin("fs");
      // Where there is no /proc, nothing tells what the process may do: then only what it tries does.
      const status = () => fs.readFileSync("/proc/self/status", "utf8");
      const field = (name) => status().match(new RegExp("^" + name + ":\\\\s*(\\\\S+)", "m"))?.[1];
      await reached({
        capabilities: () => ["CapEff", "CapPrm", "CapInh", "CapAmb"].some((name) => Number("0x" + field(name)) !== 0),
        "new privileges": () => field("NoNewPrivs") !== "1",
        "no filter": () => field("Seccomp") !== "2",
        root: () => process.setuid(0) ?? true,
        group: () => process.setgid(0) ?? true,
        chroot: () => process.binding("fs").chroot("/tmp") ?? true,
        "core files": () => /core file size\\s+0\\s+0/.test(fs.readFileSync("/proc/self/limits", "utf8")) === false,
      })`,
    ends: nothing,
  },
  {
    name: "the disk, of which it takes no more than 300 MB",
    code: `
      const fs = await builtin("fs");
      const chunk = Buffer.alloc(1e6, 1);
      let taken = 0;
      const paths = [];
      for (const folder of ["/tmp", "/dev/shm", "/dev", "/var/tmp", "/", process.cwd(), "/run"]) {
        for (let file = 0; file < 10 && taken < 300; file++) {
          const path = folder + "/smoltools-fill-" + file;
          try {
            const fd = fs.openSync(path, "w");
            paths.push(path);
            try { for (let i = 0; i < 50 && taken < 300; i++) taken += fs.writeSync(fd, chunk) / 1e6; }
            finally { fs.closeSync(fd); }
          } catch {}
        }
      }
      for (const path of paths) try { fs.unlinkSync(path); } catch {}
      await reached({ megabytes: () => taken > 150 && taken })`,
    ends: nothing,
  },
];

/** Programs that own a process, and look for the host from there. */
export const reach: readonly HostileProgram[] = hostilePrograms(
  { language: "javascript", kind: "reach", only: "process", aims: true, prelude: builtins },
  sources,
);
