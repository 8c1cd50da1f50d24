import { type HostileProgram, hostilePrograms, type HostileSource } from "../hostile-program.ts";
import { helpers } from "./helpers.ts";

const nothing = { value: [] };

const sources: readonly HostileSource[] = [
  {
    name: "a file of the host, by every path that may lead to it",
    code: `
      path = target["secretFile"]
      def through(make):
          def attempt():
              try:
                  make()
                  return open("/tmp/smoltools-hostile-link").read()
              finally:
                  os.unlink("/tmp/smoltools-hostile-link")
          return attempt
      reached({
          "path": read(path),
          "root of itself": read("/proc/self/root" + path),
          "root of process 1": read("/proc/1/root" + path),
          "root of the parent": read(f"/proc/{os.getppid()}/root" + path),
          "many steps up": read("../" * 50 + path[1:]),
          "link": through(lambda: os.symlink(path, "/tmp/smoltools-hostile-link")),
          "hard link": through(lambda: os.link(path, "/tmp/smoltools-hostile-link")),
          "what is in its folder": lambda: os.listdir(folder_of(path)),
      })`,
    ends: nothing,
  },
  {
    name: "files of the system about its users and its host",
    code: `
      paths = ["/etc/passwd", "/etc/shadow", "/etc/hosts", "/etc/hostname", "/etc/resolv.conf", "/etc/machine-id",
               "/root/.ssh", "/root/.bashrc", "/home", "/var/log", "/var/run/docker.sock", "/run", "/mnt", "/srv", "/boot"]
      def there(path):
          os.stat(path)
          return bool(os.listdir(path)) if os.path.isdir(path) else True
      reached({path: (lambda path=path: there(path)) for path in paths})`,
    ends: nothing,
  },
  {
    name: "the environment of the host",
    code: `
      name = target["secretEnvironmentName"]
      def holds(pid):
          return lambda: name in open(f"/proc/{pid}/environ", encoding="latin1").read()
      pids = [one for one in os.listdir("/proc") if one.isdigit()] if os.path.isdir("/proc") else []
      reached({"own": lambda: name in os.environ, **{one: holds(one) for one in [*pids, "1", "self", os.getppid(), target["hostPid"]]}})`,
    ends: nothing,
  },
  {
    name: "processes of the host",
    code: `
      pids = [one for one in os.listdir("/proc") if one.isdigit()] if os.path.isdir("/proc") else []
      def signal_host():
          os.kill(target["hostPid"], 0)
          return True
      reached({
          "in sight": lambda: len(pids) > 16 and len(pids),
          "of the host": signal_host,
          "memory of the host": lambda: open(f"/proc/{target['hostPid']}/mem", "rb"),
          "memory of process 1": lambda: open("/proc/1/mem", "rb"),
          "scheduling of the host": lambda: os.sched_getaffinity(target["hostPid"]),
      })`,
    ends: nothing,
  },
  {
    name: "descriptors that the host has left open",
    code: `
      import stat
      modes = []
      for fd in range(3, 1024):
          try:
              modes.append(os.fstat(fd).st_mode)
          except OSError:
              pass
      sockets = sum(stat.S_ISSOCK(mode) for mode in modes)
      files = sum(stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_ISBLK(mode) for mode in modes)
      reached({"sockets": lambda: sockets > 1 and sockets, "files": lambda: files > 0 and files})`,
    ends: nothing,
  },
  {
    name: "sockets of the host",
    code: `
      import socket
      def connect(family, address):
          def attempt():
              with socket.socket(family, socket.SOCK_STREAM) as one:
                  one.settimeout(0.5)
                  one.connect(address)
                  return "connected"
          return attempt
      port = target["tcpPort"]
      reached({
          "127.0.0.1": connect(socket.AF_INET, ("127.0.0.1", port)),
          "::1": connect(socket.AF_INET6, ("::1", port)),
          "::ffff:127.0.0.1": connect(socket.AF_INET6, ("::ffff:127.0.0.1", port)),
          "0.0.0.0": connect(socket.AF_INET, ("0.0.0.0", port)),
          "path": connect(socket.AF_UNIX, target["unixSocket"]),
          "abstract": connect(socket.AF_UNIX, "\\0" + target["abstractSocket"]),
      })`,
    ends: nothing,
  },
  {
    name: "datagrams, raw packets and talk with the kernel",
    code: `
      import socket
      try:
          with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
              one.sendto(b"out", ("127.0.0.1", target["udpPort"]))
      except OSError:
          pass
      def opened(*args):
          return lambda: socket.socket(*args).fileno()
      reached({"raw": opened(socket.AF_INET, socket.SOCK_RAW, 1), "packet": opened(17, socket.SOCK_RAW, 3)})`,
    ends: nothing,
  },
  {
    name: "names and interfaces of the network",
    code: `
      import socket
      socket.setdefaulttimeout(0.5)
      reached({
          "interfaces": lambda: [name for _, name in socket.if_nameindex() if name != "lo"] or None,
          "lookup": lambda: socket.gethostbyname("example.org"),
          "server": lambda: socket.create_connection(("1.1.1.1", 53), 0.5) and True,
      })`,
    ends: nothing,
  },
  {
    name: "requests to the host",
    code: `
      import http.client, urllib.request
      url = f"http://127.0.0.1:{target['tcpPort']}/"
      def get():
          connection = http.client.HTTPConnection("127.0.0.1", target["tcpPort"], timeout=0.5)
          connection.connect()
          return True
      reached({"urllib": lambda: urllib.request.urlopen(url, timeout=0.5).status, "http": get})`,
    ends: nothing,
  },
  {
    name: "programs of the host",
    code: `
      import subprocess
      name, path = target["secretEnvironmentName"], target["secretFile"]
      def run(*command):
          done = subprocess.run(command, capture_output=True, timeout=1, text=True)
          return done.stdout
      reached({
          "shell": lambda: name in run("/bin/sh", "-c", "env"),
          "secret": lambda: run("/bin/cat", path) or None,
          "by itself": lambda: name in run(sys.executable, "-c", "import os; print(os.environ)"),
          "system": lambda: os.system("test -e " + path) == 0,
          "spawned": lambda: os.waitpid(os.posix_spawn("/bin/cat", ["cat", path], {}), 0)[1] == 0,
          "suid": lambda: [one for one in ("/usr/bin/su", "/usr/bin/sudo", "/usr/bin/mount")
                           if os.path.exists(one) and os.stat(one).st_uid == 0 and os.stat(one).st_mode & 0o4000
                           and not os.statvfs(one).f_flag & os.ST_NOSUID] or None,
      })`,
    ends: nothing,
  },
  {
    name: "files outside of its own folder",
    code: `
      folders = [folder_of(target["secretFile"]), "/", "/usr", "/usr/lib", "/etc", "/bin", "/lib", "/home", "/root",
                 "/var/tmp", "/opt", "/guest", "/proc", "/sys", *sys.path]
      def write(folder):
          path = os.path.join(folder, "smoltools-hostile")
          open(path, "w").close()
          os.unlink(path)
          return True
      reached({folder: (lambda folder=folder: write(folder)) for folder in folders if not folder.startswith("/tmp")})`,
    ends: nothing,
  },
  {
    name: "settings and devices of the kernel",
    code: `
      def opened(path, flags):
          return lambda: os.close(os.open(path, flags)) or True
      writable = ["/proc/sysrq-trigger", "/proc/sys/kernel/core_pattern", "/proc/sys/vm/drop_caches",
                  "/sys/kernel/uevent_helper", "/sys/fs/cgroup/cgroup.procs"]
      readable = ["/dev/mem", "/dev/kmem", "/dev/kmsg", "/dev/sda", "/dev/vda", "/dev/fuse", "/dev/kvm", "/dev/net/tun",
                  "/proc/kcore", "/proc/kmsg", "/dev/input/event0"]
      reached({**{path: opened(path, os.O_WRONLY) for path in writable}, **{path: opened(path, os.O_RDONLY) for path in readable}})`,
    ends: nothing,
  },
  {
    name: "privileges",
    code: `
      import ctypes, resource
      header, data = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
      def capabilities():
          libc("capget", header, data)
          return any(data)
      reached({
          "capabilities": capabilities,
          "new privileges": lambda: libc("prctl", 39, 0, 0, 0, 0)[0] != 1,
          "no filter": lambda: libc("prctl", 21, 0, 0, 0, 0)[0] != 2,
          "root": lambda: os.setuid(0) or True,
          "group": lambda: os.setgid(0) or True,
          "chroot": lambda: os.chroot("/tmp") or True,
          "core files": lambda: resource.getrlimit(resource.RLIMIT_CORE) != (0, 0),
          "limits": lambda: resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY,) * 2) or True,
          "priority": lambda: os.nice(-5) or True,
      })`,
    ends: nothing,
  },
  {
    name: "namespaces, mounts and other processes' memory",
    code: `
      import ctypes, tempfile
      folder = tempfile.mkdtemp().encode()
      buffer = ctypes.create_string_buffer(64)
      def refused(name, *args):
          result, errno = libc(name, *args)
          return result < 0 and errno in (1, 38)
      def allowed(name, *args):
          return lambda: not refused(name, *args)
      def mount():
          if libc("mount", b"none", folder, b"tmpfs", 0, None)[0] < 0:
              return False
          libc("umount2", folder, 2)
          return True
      got = reached({
          "user namespace": allowed("unshare", 0x10000000),
          "mount namespace": allowed("unshare", 0x00020000),
          "network namespace": allowed("unshare", 0x40000000),
          "mount": mount,
          "unmount": allowed("umount2", folder, 0),
          "trace the parent": allowed("ptrace", 16902, os.getppid(), None, None),
          "trace process 1": allowed("ptrace", 16902, 1, None, None),
          "read process 1": allowed("process_vm_readv", 1, buffer, 1, buffer, 1, 0),
      })
      os.rmdir(folder)
      got`,
    ends: nothing,
  },
  {
    name: "calls of the kernel that a program has no use for",
    code: `
      import ctypes, platform
      numbers = {
          "x86_64": dict(bpf=321, perf_event_open=298, keyctl=250, add_key=248, userfaultfd=323, kexec_load=246, init_module=175,
                         personality=135, modify_ldt=154, acct=163, swapon=167, reboot=169, open_by_handle_at=304, setns=308),
          "aarch64": dict(bpf=280, perf_event_open=241, keyctl=219, add_key=217, userfaultfd=282, kexec_load=104, init_module=105,
                          acct=89, swapon=224, reboot=142, open_by_handle_at=265, setns=268),
      }.get(platform.machine(), {})
      numbers |= dict(io_uring_setup=425, open_tree=428, move_mount=429, fsopen=430, pidfd_getfd=438, mount_setattr=442)
      library = ctypes.CDLL(None, use_errno=True)
      def refused(number):
          ctypes.set_errno(0)
          result = library.syscall(number, -1, -1, -1, -1, -1, -1)
          return result < 0 and ctypes.get_errno() in (1, 38)
      reached({name: (lambda number=number: not refused(number)) for name, number in numbers.items()})`,
    ends: nothing,
  },
  {
    name: "the clock of the host",
    code: `
      import time
      reached({"clock": lambda: time.clock_settime(time.CLOCK_REALTIME, time.time()) or True})`,
    ends: nothing,
  },
  {
    name: "the disk, of which it takes no more than 300 MB",
    code: `
      taken, paths, chunk = 0, [], b"x" * 1_000_000
      for folder in ("/tmp", "/dev/shm", "/dev", "/var/tmp", "/", os.getcwd(), "/run"):
          for number in range(10):
              path = f"{folder}/smoltools-fill-{number}"
              try:
                  with open(path, "wb", buffering=0) as file:
                      paths.append(path)
                      for _ in range(50):
                          if taken < 300_000_000:
                              taken += file.write(chunk)
              except OSError:
                  pass
      for path in set(paths):
          os.unlink(path)
      reached({"bytes": lambda: taken if taken > 150_000_000 else None})`,
    ends: nothing,
  },
  {
    name: "a fork bomb of 200 processes that end by themselves",
    code: `
      import time
      children = []
      try:
          for _ in range(200):
              child = os.fork()
              if child == 0:
                  time.sleep(0.3)
                  os._exit(0)
              children.append(child)
      except OSError:
          pass
      for child in children:
          os.waitpid(child, 0)
      reached({"processes": lambda: len(children) >= 200 and len(children)})`,
    ends: nothing,
  },
];

/** Programs that look for the host from inside their process. */
export const reach: readonly HostileProgram[] = hostilePrograms(
  { language: "python", kind: "reach", only: "process", aims: true, prelude: helpers },
  sources,
);
