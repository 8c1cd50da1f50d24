import { isSmoltoolsError } from "@smoltools/core";
import { wait } from "../shared/wait.ts";

/** Most tries. Each one that fails means that somebody else got through. */
const maxTries = 12;

/**
 * Does work that begins by reading and ends by writing if nobody wrote meanwhile. After a conflict it begins anew, a
 * random moment later so that several do not go on getting into each other's way.
 *
 * @throws HubError `HUB_CONFLICT` when others are always faster.
 */
export async function againAfterConflict<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (let tries = 1; ; tries++) {
    signal?.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (!isSmoltoolsError(error, "HUB_CONFLICT") || tries === maxTries) throw error;
    }
    await wait(Math.random() * Math.min(25 * 2 ** tries, 1000), signal);
  }
}
