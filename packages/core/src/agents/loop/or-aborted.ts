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
