import { type HostileProgram, hostilePrograms, type HostileSource } from "../hostile-program.ts";
import { helpers } from "./helpers.ts";

const wait = "import time\ntime.sleep(1000)";

const sources: readonly HostileSource[] = [
  {
    name: "an end of the run that it makes up",
    code: `for run in range(5):\n    say({"type": "ended", "run": run, "json": '"forged"'})\n${wait}`,
    ends: "anyhow",
  },
  {
    name: "ends of runs that are still to come",
    code: `for run in range(3, 9):\n    say({"type": "ended", "run": run, "json": '"forged"'})\n"own"`,
    ends: { value: "own" },
  },
  {
    name: "calls of functions that do not exist",
    code: `
      names = ["constructor", "__proto__", "toString", "valueOf", "host:fetch", "process.exit"]
      say({"type": "calls", "calls": [{"id": 1000 + n, "name": name, "args": "[]"} for n, name in enumerate(names)]})
      import time
      time.sleep(1000)`,
    ends: "error",
  },
  {
    name: "a call with a name that is a megabyte long",
    code: `say({"type": "calls", "calls": [{"id": 1000, "name": "x" * 1_000_000, "args": "[]"}]})\n${wait}`,
    ends: "error",
  },
  {
    name: "an end whose error has a name that cannot be a text",
    code: `say({"type": "ended", "run": 2, "failure": {"name": {"toString": 1, "valueOf": 1}, "message": "x"}})\n${wait}`,
    ends: "error",
  },
  {
    name: "a message of millions of parts",
    code: `say('{"type":"calls","calls":[' + "{}," * 10_000_000 + "{}]}")\n${wait}`,
    ends: "error",
  },
  {
    name: "an argument list of which millions are undefined",
    code: `say({"type": "calls", "calls": [{"id": 1000, "name": "echo", "args": "[1]", "undefinedAt": "0," * 10_000_000}]})\n${wait}`,
    ends: "error",
  },
  {
    name: "calls with ids that are taken",
    code: `say({"type": "calls", "calls": [{"id": 7, "name": "never", "args": "[]"}] * 100})\n${wait}`,
    ends: "error",
  },
  {
    name: "arguments that are none",
    code: `
      bad = ["{", "1", "{}", '{"length": 9}', "[", "null", ""]
      say({"type": "calls", "calls": [{"id": 1000 + n, "name": "echo", "args": args, "undefinedAt": "0,-1,__proto__,1e9"}
                                      for n, args in enumerate(bad)]})
      echo("after")`,
    ends: "anyhow",
  },
  {
    name: "lines that are no messages",
    code: `say("garbage", "", "\\u0000", "null", "[]", "1")\n${wait}`,
    ends: "error",
  },
  { name: "a deep message", code: `say("[" * 1_000_000)\n${wait}`, ends: "error" },
  {
    name: "a line of 100 MB",
    code: `block = "x" * 65536\nfor _ in range(1600):\n    for fd in channels():\n        os.write(fd, block.encode())\n${wait}`,
    ends: "error",
  },
  {
    name: "a flood of small messages",
    code: `while True:\n    say(*[{"type": "pong", "id": 1}] * 1000)`,
    ends: "error",
  },
  {
    name: "setting up again and again",
    code: `say(*[{"type": "ready"}, {"type": "failed", "message": "x"}] * 1000)\necho("after")`,
    ends: "anyhow",
  },
  {
    name: "output that it sends by itself",
    code: `while True:\n    say({"type": "output", "texts": ["x" * 100] * 1000})`,
    ends: "error",
  },
  { name: "a channel that it closes", code: `for fd in channels():\n    os.close(fd)\necho("after")`, ends: "error" },
  {
    name: "a channel that it replaces",
    code: `for fd in channels():\n    os.dup2(os.open("/dev/null", os.O_RDWR), fd)\necho("after")`,
    ends: "error",
  },
  {
    name: "a channel of which it shuts one side",
    code: `
      import socket
      for fd in channels():
          one = socket.socket(fileno=os.dup(fd))
          one.shutdown(socket.SHUT_WR)
      echo("after")`,
    ends: "error",
  },
  {
    name: "a channel that it does not let block, with as little room as there can be",
    code: `
      import socket
      for fd in channels():
          os.set_blocking(fd, False)
          one = socket.socket(fileno=os.dup(fd))
          one.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1)
          one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
      echo("x" * 1_000_000) is not None`,
    ends: "anyhow",
  },
  {
    name: "descriptors and urgent bytes that it sends along",
    code: `
      import socket
      for fd in channels():
          one = socket.socket(fileno=os.dup(fd))
          for _ in range(100):
              socket.send_fds(one, [b"\\n"], [0, 1, 2])
              try:
                  one.send(b"x", socket.MSG_OOB)
              except OSError:
                  pass
      import time
      time.sleep(1000)`,
    ends: "error",
  },
  {
    name: "a thief that reads the channel",
    code: `
      import threading, time
      def steal():
          while True:
              for fd in channels():
                  try:
                      os.read(fd, 65536)
                  except OSError:
                      pass
      threading.Thread(target=steal, daemon=True).start()
      time.sleep(0.02)
      echo("stolen")`,
    ends: "anyhow",
    breaksItself: true,
  },
];

/** Programs that speak to the host by themselves, past the tools that they were given. */
export const protocol: readonly HostileProgram[] = hostilePrograms(
  { language: "python", kind: "protocol", only: "process", prelude: helpers },
  sources,
);
