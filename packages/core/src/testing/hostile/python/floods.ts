import { type HostileProgram, hostilePrograms } from "../hostile-program.ts";

/** Programs that send the host more than it should have to take. */
export const floods: readonly HostileProgram[] = hostilePrograms({ language: "python", kind: "floods" }, [
  { name: "a huge value", code: "'x' * 30_000_000", ends: "error" },
  { name: "a value of characters that take three bytes", code: "'€' * 10_000_000", ends: "error" },
  { name: "a deep value", code: "a = []\nfor _ in range(100000):\n    a = [a]\na", ends: "anyhow" },
  { name: "a wide value", code: "[None] * 3_000_000", ends: "error" },
  { name: "a huge final answer", code: "final_answer('x' * 30_000_000)", ends: "error" },
  { name: "an argument that is too large", code: "echo('x' * 30_000_000)", ends: "error" },
  {
    name: "more calls than are allowed",
    code: "while True:\n    try:\n        echo(1)\n    except Exception:\n        pass",
    ends: "error",
  },
  {
    name: "calls from many threads",
    code: `
      import threading
      def call():
          try:
              for _ in range(20):
                  echo("x" * 100000)
          except BaseException:
              pass
      threads = [threading.Thread(target=call, daemon=True) for _ in range(20)]
      for thread in threads:
          thread.start()
      for thread in threads:
          thread.join()
      "done"`,
    ends: "anyhow",
  },
  {
    name: "calls that stay open in threads",
    code: `
      import threading, time
      for _ in range(10):
          threading.Thread(target=never, daemon=True).start()
      time.sleep(0.05)
      "left"`,
    ends: "anyhow",
  },
  {
    name: "a thread that calls after the end",
    code: `
      import threading, time
      def late():
          for _ in range(100):
              time.sleep(0.005)
              try:
                  echo("late")
                  print("late")
              except BaseException:
                  pass
      threading.Thread(target=late, daemon=True).start()
      "left"`,
    ends: "anyhow",
  },
  { name: "large output", code: "for _ in range(100000):\n    print('x' * 1000)\nraise ValueError", ends: "error" },
  { name: "output without end", code: "while True:\n    print('x')", ends: "error" },
  {
    name: "output without a line break",
    code: "import sys\nwhile True:\n    sys.stdout.write('x' * 1000)",
    ends: "error",
  },
  { name: "output of one huge text", code: "print('x' * 20_000_000)\nraise ValueError", ends: "error" },
  {
    name: "errors printed without end",
    code: "import sys\nwhile True:\n    sys.stderr.write('x' * 1000)\n    sys.stderr.flush()",
    ends: "error",
  },
  {
    name: "warnings without end",
    code: "import warnings\nwarnings.simplefilter('always')\nwhile True:\n    warnings.warn('x' * 1000)",
    ends: "error",
  },
  { name: "a large error", code: "raise ValueError('x' * 20_000_000)", ends: "error" },
]);
