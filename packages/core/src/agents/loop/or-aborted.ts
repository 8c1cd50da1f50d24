/**
 * The outcome of some work, or a rejection with the signal's reason as soon as the signal is aborted.
 *
 * The work itself is not ended by this: hand it the signal too. Here the run stops waiting for it in any case.
 */
export function orAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
    const forget = (): void => signal.removeEventListener("abort", onAbort);
    work.then(resolve, reject).finally(forget);
  });
}

/**
 * The same for something that holds what must be given up: when it comes after the abort, it is nobody's any more.
 *
 * @param giveUp - Called with what came too late.
 */
export async function madeOrAborted<Made>(
  making: Promise<Made>,
  signal: AbortSignal,
  giveUp: (late: Made) => unknown,
): Promise<Made> {
  try {
    const made = await orAborted(making, signal);
    signal.throwIfAborted();
    return made;
  } catch (error) {
    making.then(giveUp).catch(() => undefined);
    throw error;
  }
}
