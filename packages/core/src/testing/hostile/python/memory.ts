import { type HostileProgram, hostilePrograms } from "../hostile-program.ts";
import { helpers } from "./helpers.ts";

const plain: readonly HostileProgram[] = hostilePrograms({ language: "python", kind: "memory" }, [
  { name: "lists", code: "a = []\nwhile True:\n    a.append([0] * 100000)", ends: "error" },
  { name: "lists that stay", code: "kept = []\nwhile True:\n    kept.append(bytearray(100000))", ends: "error" },
  {
    name: "one huge list of bytes",
    code: "len(bytearray(10 ** 11))",
    ends: { error: ["SANDBOX_MEMORY", "SANDBOX_EXCEPTION"] },
  },
  { name: "a text that doubles", code: "s = 'x'\nwhile True:\n    s += s", ends: "error" },
  { name: "a dictionary", code: "d = {}\ni = 0\nwhile True:\n    d[i] = str(i)\n    i += 1", ends: "error" },
  {
    name: "memory that fills up and is caught",
    code: "a = []\nwhile True:\n    try:\n        a.append('x' * 1000000)\n    except MemoryError:\n        pass",
    ends: "error",
  },
  {
    name: "endless recursion",
    code: "def f():\n    return f() + 1\nf()",
    ends: { error: ["SANDBOX_STACK", "SANDBOX_MEMORY", "SANDBOX_TIMEOUT"] },
  },
  {
    name: "endless recursion that catches itself",
    code: "def f():\n    try:\n        f()\n    except BaseException:\n        f()\nf()",
    ends: "error",
  },
  {
    name: "endless recursion through attributes",
    code: "class A:\n    def __getattr__(self, name):\n        return getattr(self, name + 'x')\nA().x",
    ends: "error",
  },
  { name: "a deep JSON", code: "import json\njson.loads('[' * 1000000)", ends: "error" },
  { name: "a deep list as text", code: "a = []\nfor _ in range(1000000):\n    a = [a]\nrepr(a)", ends: "error" },
  {
    name: "a deep list that is freed",
    code: "a = []\nfor _ in range(1000000):\n    a = [a]\na = None\n'freed'",
    ends: "anyhow",
  },
  { name: "a large regex", code: "import re\nre.compile('(?:a{1,1000}){1,1000}' * 100)\n're'", ends: "anyhow" },
]);

const outside: readonly HostileProgram[] = hostilePrograms({ language: "python", kind: "memory", prelude: helpers }, [
  {
    name: "memory that is mapped, of which it takes no more than 600 MB",
    code: `
      import mmap
      kept = []
      for _ in range(60):
          kept.append(mmap.mmap(-1, 10_000_000))
          for at in range(0, 10_000_000, 4096):
              kept[-1][at] = 1
      raise MemoryError("600 MB")`,
    ends: "error",
  },
  {
    name: "files in memory, of which it takes no more than 300 MB",
    code: `
      files, taken, chunk = [], 0, b"x" * 1_000_000
      def fill():
          global taken
          file = os.memfd_create("fill")
          files.append(file)
          for _ in range(50):
              taken += os.write(file, chunk)
      for _ in range(6):
          try:
              fill()
          except Exception:
              pass
      for file in files:
          os.close(file)
      reached({"bytes": lambda: taken if taken > 150_000_000 else None})`,
    ends: { value: [] },
  },
  {
    name: "memory that processes share, of which it takes no more than 300 MB",
    code: `
      import ctypes
      taken, segments = 0, []
      library = ctypes.CDLL(None)
      library.shmat.restype = ctypes.c_void_p
      library.shmdt.argtypes = [ctypes.c_void_p]
      for _ in range(30):
          segment = library.shmget(0, 10_000_000, 0o1600)
          if segment < 0:
              break
          segments.append(segment)
          address = library.shmat(segment, None, 0)
          if address in (None, 2 ** 64 - 1):
              break
          ctypes.memset(address, 1, 10_000_000)
          library.shmdt(address)
          taken += 10_000_000
      for segment in segments:
          library.shmctl(segment, 0, None)
      reached({"bytes": lambda: taken if taken > 150_000_000 else None})`,
    ends: { value: [] },
  },
  {
    name: "memory of the kernel, in pipes that nobody reads",
    code: `
      import fcntl
      taken, pipes = 0, []
      try:
          for _ in range(300):
              reader, writer = os.pipe()
              pipes += [reader, writer]
              fcntl.fcntl(writer, 1031, 1048576)
              os.set_blocking(writer, False)
              taken += os.write(writer, b"x" * 1_000_000)
      except OSError:
          pass
      for one in pipes:
          os.close(one)
      reached({"bytes": lambda: taken if taken > 150_000_000 else None})`,
    ends: { value: [] },
  },
]);

/** Programs that take all the memory they can get. A slow machine may stop them by time before they have it. */
export const memory: readonly HostileProgram[] = [...plain, ...outside];
