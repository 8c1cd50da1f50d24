import type { GuestChannel } from "../channel/guest-channel.ts";
import { ChildChannel } from "../channel/child-channel.ts";
import { unavailable } from "../engine/sandbox-errors.ts";
import { GuestProcess, readGuestPid } from "./guest-process.ts";
import { userFor } from "./guest-user.ts";
import type { IsolatedCommand } from "./isolated-command.ts";
import { type IsolationMeans, probeIsolation } from "./isolation-problem.ts";
import { type StartedCommand, startIsolated } from "./start-isolated.ts";

/** How long bubblewrap may take to make the namespaces: a safeguard, it takes milliseconds. */
const startMs = 10_000;

/**
 * Starts a program where it reaches nothing of the host: its own namespaces (bubblewrap), an empty network, no other
 * files than those that are bound, a filter of system calls (seccomp), and limits (rlimits).
 *
 * Inside, descriptor 3 is the protocol's private channel, one JSON line a message. Standard input and output are
 * nothing; the end of standard error is told with the exit. The guest ends with this process, or with the thread that
 * has started it. That the program itself cannot be started is told by the channel's exit.
 *
 * A guest that is ended by a signal has the exit status 128 and its number. One that aborts ends with 139 or 133
 * (SIGSEGV, SIGTRAP), since SIGABRT does not end process 1.
 *
 * @throws SandboxError `SANDBOX_UNAVAILABLE` when this machine has no such isolation.
 */
export async function launchIsolated(command: IsolatedCommand): Promise<GuestChannel> {
  const probe = await probeIsolation();
  if ("problem" in probe) throw unavailable(command.sandbox, probe.problem);
  const { child, channel, info } = await start(command, probe);
  let guest: GuestProcess | undefined;
  const guestChannel = new ChildChannel(child, {
    incoming: channel,
    outgoing: channel,
    maxMessageBytes: command.maxMessageBytes,
    kill: () => guest?.kill(),
    interrupt: () => guest?.interrupt(),
    busyMs: () => guest?.busyMs() ?? 0,
    isAtWork: () => guest?.isAtWork(),
  });
  using _hold = guestChannel.hold();
  const giveUp = setTimeout(() => {
    child.kill("SIGKILL");
    info.destroy();
  }, startMs);
  const pid = await readGuestPid(info);
  clearTimeout(giveUp);
  if (pid !== undefined) guest = new GuestProcess(child, pid);
  return guestChannel;
}

async function start(command: IsolatedCommand, { tools, user }: IsolationMeans): Promise<StartedCommand> {
  try {
    return await startIsolated(command, tools, userFor(command, user));
  } catch (error) {
    throw unavailable(command.sandbox, `bubblewrap could not be started: ${String(error)}`, error);
  }
}
