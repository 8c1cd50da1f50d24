import { type HostileProgram, hostilePrograms } from "../hostile-program.ts";

const timeout = { error: ["SANDBOX_TIMEOUT"] } as const;

/** Programs that do not end by themselves, or not soon. */
export const time: readonly HostileProgram[] = hostilePrograms({ language: "python", kind: "time" }, [
  { name: "an endless loop (case 101)", code: "while True:\n    pass", ends: timeout },
  {
    name: "an endless loop that catches everything",
    code: `
      while True:
          try:
              while True:
                  pass
          except BaseException:
              continue
          finally:
              continue`,
    ends: timeout,
  },
  {
    name: "an endless loop in the finally of a final answer",
    code: "try:\n    final_answer(1)\nfinally:\n    while True:\n        pass",
    ends: { answer: 1 },
  },
  { name: "a regex that backtracks", code: "import re\nre.match('(a+)+$', 'a' * 50 + 'b')", ends: "error" },
  { name: "a huge power", code: "10 ** 10 ** 8", ends: "error" },
  {
    name: "a number as text",
    code: "import sys\nsys.set_int_max_str_digits(0)\nlen(str(7 ** 5000000))",
    ends: "error",
  },
  { name: "a search in what never ends", code: "import itertools\n'x' in itertools.repeat('y')", ends: timeout },
  { name: "a sum without end", code: "sum(range(10 ** 12))", ends: timeout },
  { name: "a list of what never ends", code: "import itertools\nlist(itertools.count())", ends: "error" },
  {
    name: "an endless generator of which little is asked (case 107)",
    code: "import itertools\nlist(itertools.islice(itertools.count(), 3))",
    ends: { value: [0, 1, 2] },
  },
  {
    name: "a comparison that takes its time",
    code: "sorted(range(100000), key=lambda one: sum(range(100000)))",
    ends: timeout,
  },
  { name: "a long sleep", code: "import time\ntime.sleep(1000)", ends: timeout },
  {
    name: "a lock that nobody frees",
    code: "import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()",
    ends: timeout,
  },
  {
    name: "a wait for input",
    code: "import os, select, signal, sys\ntry:\n    input()\nexcept EOFError:\n    pass\nselect.select([], [], [])",
    ends: "error",
  },
  {
    name: "an event loop without end",
    code: "import asyncio\nasync def spin():\n    while True:\n        await asyncio.sleep(0)\nasyncio.run(spin())",
    ends: "error",
  },
  { name: "a tool that never answers", code: "never()", ends: timeout },
  {
    name: "calls of a tool without end",
    code: "while True:\n    echo(0)",
    ends: { error: ["SANDBOX_TIMEOUT", "SANDBOX_LIMIT"] },
  },
  {
    name: "signals that are ignored",
    code: `
      import signal
      for number in range(1, 65):
          try:
              signal.signal(number, signal.SIG_IGN)
          except Exception:
              pass
      signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
      while True:
          pass`,
    ends: timeout,
  },
  {
    name: "an alarm that rings all the time",
    breaksItself: true,
    code: `
      import signal
      def ring(*args):
          raise RuntimeError("ring")
      signal.signal(signal.SIGALRM, ring)
      signal.setitimer(signal.ITIMER_REAL, 0.0005, 0.0005)
      while True:
          try:
              echo(1)
          except BaseException:
              pass`,
    ends: "error",
  },
]);
