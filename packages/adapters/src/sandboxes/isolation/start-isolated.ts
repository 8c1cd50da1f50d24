import { Buffer } from "node:buffer";
import { type ChildProcess, spawn, type StdioOptions } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { Duplex, type Readable } from "node:stream";
import { bwrapArguments, descriptors } from "./bwrap-arguments.ts";
import { type GuestUser, spawnAs } from "./guest-user.ts";
import type { IsolatedCommand } from "./isolated-command.ts";
import type { IsolationTools } from "./isolation-tools.ts";
import { seccompFilters } from "./seccomp/filters.ts";
import { strayDescriptors } from "./stray-descriptors.ts";

/** A command that is being started by bubblewrap. */
export interface StartedCommand {
  /** bubblewrap itself, which waits for the guest and passes its exit status on: 128 and more for signals. */
  child: ChildProcess;
  /** The guest's descriptor 3. */
  channel: Duplex;
  /** What bubblewrap tells of the guest, in JSON. */
  info: Readable;
}

/**
 * Starts a command in isolation. What bubblewrap itself cannot do, it tells on standard error and by its exit.
 *
 * @throws Error when bubblewrap cannot be started, or there is no filter for this machine.
 */
export async function startIsolated(
  command: IsolatedCommand,
  tools: IsolationTools,
  user: GuestUser,
): Promise<StartedCommand> {
  const filter = seccompFilters[process.arch];
  if (filter === undefined) throw new RangeError(`There is no filter of system calls for ${process.arch}.`);
  const nothing = openSync("/dev/null", "r");
  try {
    const child = spawn(tools.bwrap, bwrapArguments(command, tools.prlimit), {
      // bubblewrap's own environment could be read by whoever reads /proc.
      env: {},
      ...spawnAs(user),
      cwd: "/",
      // Signals from a terminal are for the host, which may have to end a run in good order.
      detached: true,
      stdio: stdioWithout(strayDescriptors(descriptors.info + 1), nothing),
    });
    const failure = new Promise<unknown>((resolve) => void child.on("error", resolve));
    if (child.pid === undefined) throw await failure;
    pipeOf(child, descriptors.seccomp).end(Buffer.from(filter, "base64"));
    return { child, channel: pipeOf(child, descriptors.channel), info: pipeOf(child, descriptors.info) };
  } finally {
    closeSync(nothing);
  }
}

/** Standard input and output are nothing, the rest are pipes; stray descriptors become nothing as well. */
function stdioWithout(strays: readonly number[], nothing: number): StdioOptions {
  const length = Math.max(descriptors.info, ...strays) + 1;
  return Array.from({ length }, (_, descriptor) => {
    if (strays.includes(descriptor)) return nothing;
    return descriptor < 2 || descriptor > descriptors.info ? "ignore" : "pipe";
  });
}

function pipeOf(child: ChildProcess, descriptor: number): Duplex {
  const stream = child.stdio[descriptor];
  if (!(stream instanceof Duplex)) throw new TypeError(`Descriptor ${descriptor} of the child is no pipe.`);
  // A guest that is gone is told by its exit.
  stream.on("error", () => undefined);
  return stream;
}
