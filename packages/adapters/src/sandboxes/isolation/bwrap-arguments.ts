import type { IsolatedCommand } from "./isolated-command.ts";
import { nobodyId } from "./guest-user.ts";
import { libraryBinds } from "./library-binds.ts";
import { resourceLimits } from "./resource-limits.ts";

/** Descriptors that bubblewrap starts with. It hands 0 to 3 on, and closes the others. */
export const descriptors = { channel: 3, seccomp: 4, info: 5 } as const;

const defaultScratchBytes = 64 * 1024 ** 2;
const prlimitInside = "/prlimit";
/** All devices that a guest has. `/dev/zero` is not among them: mapped, it is memory that no limit counts. */
const devices = ["/dev/null", "/dev/random", "/dev/urandom"];

/**
 * The arguments of bubblewrap for a command.
 *
 * Inside there is no `/proc`: it would tell paths of the host (mountinfo), and a guest that is started by root would
 * own its files. Nothing can be written to but `/tmp`.
 *
 * The guest is process 1 of its namespace. So it is the only process, its id is the one that bubblewrap tells, its end
 * is the end of all, and of the signals of the host only those reach it that it handles or that kill.
 */
export function bwrapArguments(command: IsolatedCommand, prlimit: string): string[] {
  const scratchBytes = command.scratchBytes ?? defaultScratchBytes;
  const nobody = String(nobodyId);
  return [
    ["--unshare-all", "--unshare-user", "--disable-userns", "--cap-drop", "ALL", "--uid", nobody, "--gid", nobody],
    ["--die-with-parent", "--new-session", "--as-pid-1", "--hostname", "sandbox"],
    ["--seccomp", String(descriptors.seccomp), "--info-fd", String(descriptors.info)],
    ["--clearenv"],
    Object.entries(command.environment ?? {}).map(([name, value]) => ["--setenv", name, value]),
    libraryBinds(),
    ["--ro-bind", prlimit, prlimitInside],
    command.binds.map(({ from, to }) => ["--ro-bind", from, to]),
    devices.map((device) => ["--dev-bind", device, device]),
    scratchBytes > 0 ? ["--size", String(scratchBytes), "--tmpfs", "/tmp"] : ["--dir", "/tmp"],
    ["--chdir", "/tmp", "--remount-ro", "/"],
    ["--", prlimitInside, resourceLimits(command.memory, scratchBytes), "--", command.command],
  ].flat(2);
}
