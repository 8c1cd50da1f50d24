import { setTimeout as timeout } from "node:timers/promises";

/** Waits; an abort ends it with the signal's own reason. */
export async function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await timeout(ms, undefined, signal && { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
