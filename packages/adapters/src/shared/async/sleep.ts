/** Timers count no further, about 25 days: longer ones would end at once. */
const longestMs = 2 ** 31 - 1;

/**
 * Waits.
 *
 * @param ms - Milliseconds; 0 or less returns at once, and more than 25 days are 25 days.
 * @param signal - Ends the wait: the promise then rejects with the signal's reason.
 */
export async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (ms <= 0) return;
  await new Promise<void>((resolve, reject) => {
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(
      () => {
        signal.removeEventListener("abort", onAbort);
        resolve();
      },
      Math.min(ms, longestMs),
    );
    signal.addEventListener("abort", onAbort, { once: true });
  });
}
