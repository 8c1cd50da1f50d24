import type { SpawnOptions } from "node:child_process";
import type { IsolatedCommand } from "./isolated-command.ts";
import { isReadableByAll } from "./readable-by-all.ts";

/** Who a guest is on the host: the user of this process, or nobody. Inside it is nobody in both cases. */
export type GuestUser = "own" | "nobody";

/** The user and group "nobody". */
export const nobodyId = 65534;

/** The users that guests can be, the better one first: of root's processes, Linux does not limit how many there are. */
export function possibleUsers(): readonly GuestUser[] {
  return process.getuid?.() === 0 ? ["nobody", "own"] : ["own"];
}

/** The user for a command: nobody where that is possible and all that is bound can be read by everybody. */
export function userFor(command: IsolatedCommand, best: GuestUser): GuestUser {
  return command.binds.every(({ from }) => isReadableByAll(from)) ? best : "own";
}

export function spawnAs(user: GuestUser): Pick<SpawnOptions, "uid" | "gid"> {
  return user === "nobody" ? { uid: nobodyId, gid: nobodyId } : {};
}
