import { type HostileProgram, hostilePrograms, type HostileSource } from "../hostile-program.ts";
import { helpers } from "./helpers.ts";

const sources: readonly HostileSource[] = [
  { name: "an exit", code: "os._exit(0)", ends: "error" },
  { name: "an abort", code: "os.abort()", ends: "error" },
  { name: "a signal that kills it", code: "os.kill(os.getpid(), 9)\nwhile True:\n    pass", ends: "error" },
  { name: "a signal that halts it", code: "os.kill(os.getpid(), 19)\nwhile True:\n    pass", ends: "error" },
  {
    name: "an access to memory that is not there",
    code: "import ctypes\nctypes.string_at(0)\nraise ValueError",
    ends: "error",
  },
  {
    name: "bytecode that it makes up",
    code: "def f(): pass\nf.__code__ = f.__code__.replace(co_code=b'\\xff' * 100, co_stacksize=1)\nf()\nraise ValueError",
    ends: "error",
  },
  {
    name: "signals to everybody",
    code: `
      for pid in (1, os.getppid(), 0, -1):
          try:
              os.kill(pid, 18)
          except OSError:
              pass
      "sent"`,
    ends: { value: "sent" },
  },
  {
    name: "a thread that never ends",
    code: `
      import threading
      def spin():
          while True:
              pass
      threading.Thread(target=spin).start()
      "left"`,
    ends: "anyhow",
  },
  {
    name: "threads by the thousand, that end by themselves",
    code: `
      import threading, time
      threads = []
      try:
          for _ in range(2000):
              thread = threading.Thread(target=time.sleep, args=(0.2,), daemon=True)
              thread.start()
              threads.append(thread)
      except (RuntimeError, MemoryError):
          pass
      for thread in threads:
          thread.join()
      "ended"`,
    ends: "anyhow",
  },
  {
    name: "a child that outlives it, for two seconds",
    code: `
      import time
      if os.fork() == 0:
          try:
              os.setsid()
          finally:
              for _ in range(20):
                  time.sleep(0.1)
              os._exit(0)
      os._exit(0)`,
    ends: "error",
  },
  {
    name: "a fork that runs on as if it were the guest",
    code: "os.fork()\n'two'",
    breaksItself: true,
    ends: "anyhow",
  },
  {
    name: "processes of the standard library",
    code: "import multiprocessing\nwith multiprocessing.get_context('fork').Pool(4) as pool:\n    sum(pool.map(abs, [1, -2]))",
    ends: "anyhow",
  },
  { name: "another program in its place", code: "os.execv('/bin/sh', ['sh', '-c', 'exit 0'])", ends: "error" },
  {
    name: "itself, started anew in its place",
    code: "os.execv(sys.executable, [sys.executable, '-c', 'while True: pass'])",
    ends: "error",
  },
  {
    name: "closed standard streams",
    code: "for fd in (0, 1, 2):\n    os.close(fd)\nprint('on')\necho('on')",
    ends: "anyhow",
  },
  {
    name: "a flood of the standard streams",
    code: "block = b'x' * 65536\nwhile True:\n    for fd in (1, 2):\n        try:\n            os.write(fd, block)\n        except OSError:\n            pass",
    ends: "error",
  },
  {
    name: "all descriptors that it can get",
    breaksItself: true,
    code: "kept = []\ntry:\n    while len(kept) < 100000:\n        kept.append(os.open('/dev/null', os.O_RDONLY))\nexcept OSError:\n    pass\necho('on')",
    ends: "anyhow",
  },
  { name: "every descriptor closed", code: "os.closerange(0, 4096)\necho('after')", ends: "error" },
  {
    name: "a working folder that is gone",
    code: "os.mkdir('/tmp/gone')\nos.chdir('/tmp/gone')\nos.rmdir('/tmp/gone')\necho('on')",
    ends: "anyhow",
  },
  {
    name: "limits that it sets on itself",
    breaksItself: true,
    code: "import resource\nfor limit in (resource.RLIMIT_NOFILE, resource.RLIMIT_AS, resource.RLIMIT_DATA):\n    resource.setrlimit(limit, (1, 1))\necho('on')",
    ends: "anyhow",
  },
];

/** Programs that own a process, and do with it what they should not. */
export const process: readonly HostileProgram[] = hostilePrograms(
  { language: "python", kind: "process", only: "process", prelude: helpers },
  sources,
);
