import { spawnSync } from "node:child_process";
import type { GuestChannel, GuestExit } from "../../channel/guest-channel.ts";
import type { HostBind, IsolatedCommand } from "../isolated-command.ts";
import { launchIsolated } from "../launch-isolated.ts";

const mebibyte = 1024 ** 2;

/** A guest that has been started, and what it says. */
export interface TestGuest extends AsyncDisposable {
  channel: GuestChannel;
  /** The next line, parsed. */
  next(): Promise<unknown>;
  /** How it ended, once it has. */
  exit: Promise<GuestExit>;
}

/** What a test changes of a command. */
export type CommandOptions = Partial<Omit<IsolatedCommand, "sandbox" | "command">>;

/** JavaScript that defines `tell(value)` and `onLine(listener)` for descriptor 3. */
const nodePrelude = `
  const socket = new (require("node:net").Socket)({ fd: 3 });
  const tell = (value) => socket.write(JSON.stringify(value) + "\\n");
  const onLine = (listener) => require("node:readline").createInterface({ input: socket }).on("line", listener);
`;

/** Python that defines `tell(value)`, `lines`, and `syscall(name or number, …)`, which returns the error or "done". */
const pythonPrelude = `
import ctypes, errno, json, os
lines = os.fdopen(os.dup(3), "r")
def tell(value): os.write(3, (json.dumps(value) + "\\n").encode())
libc = ctypes.CDLL(None, use_errno=True)
def syscall(number, *arguments):
    ctypes.set_errno(0)
    result = libc.syscall(ctypes.c_long(number), *[ctypes.c_ulong(argument) for argument in arguments])
    return errno.errorcode[ctypes.get_errno()] if result == -1 else "done"
`;

/** Starts Node on a piece of JavaScript. */
export function startNode(source: string, options: CommandOptions = {}): Promise<TestGuest> {
  return startGuest({
    command: ["/node", "--eval", nodePrelude + source],
    binds: [{ from: process.execPath, to: "/node" }],
    memory: { dataBytes: 800 * mebibyte },
    ...options,
  });
}

/** Starts the system's Python on a piece of code. */
export function startPython(source: string, options: CommandOptions = {}): Promise<TestGuest> {
  const { executable, binds } = findPython();
  return startGuest({
    command: [executable, "-I", "-S", "-c", pythonPrelude + source],
    binds,
    memory: { addressSpaceBytes: 512 * mebibyte },
    ...options,
  });
}

/** Starts any command. */
export async function startGuest(command: Omit<IsolatedCommand, "sandbox" | "maxMessageBytes">): Promise<TestGuest> {
  const channel = await launchIsolated({ sandbox: "test", maxMessageBytes: mebibyte, ...command });
  const said: string[] = [];
  const readers: ((line: string) => void)[] = [];
  const exit = Promise.withResolvers<GuestExit>();
  const hold = channel.hold();
  channel.listen({
    onMessage: (line) => {
      const reader = readers.shift();
      if (reader) reader(line);
      else said.push(line);
    },
    onExit: exit.resolve,
  });
  const next = async (): Promise<unknown> => {
    const line =
      said.shift() ?? (await Promise.race([new Promise<string>((read) => readers.push(read)), exit.promise]));
    if (typeof line !== "string") throw new Error(`The guest has ended: ${JSON.stringify(line)}`);
    return JSON.parse(line) as unknown;
  };
  const dispose = async (): Promise<void> => {
    await channel.kill();
    hold[Symbol.dispose]();
  };
  return { channel, next, exit: exit.promise, [Symbol.asyncDispose]: dispose };
}

let python: { executable: string; binds: HostBind[] } | undefined;

function findPython(): { executable: string; binds: HostBind[] } {
  if (python) return python;
  const program = "import os, sys; print(os.path.realpath(sys.executable), sys.base_prefix)";
  const { stdout } = spawnSync("python3", ["-c", program], { encoding: "utf8" });
  const [executable = "", prefix = ""] = stdout.trim().split(" ");
  python = { executable, binds: [{ from: prefix, to: prefix }] };
  return python;
}
