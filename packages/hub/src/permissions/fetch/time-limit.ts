import { FetchError } from "../../errors/fetch-error.ts";

/**
 * Does work that has to end in time.
 *
 * @param signal - Ends it before.
 * @param work - Gets a signal that is aborted when the time is over, and when the work is: nothing is left open.
 */
export async function withTimeLimit<T>(
  { timeoutMs, signal, host }: { timeoutMs: number; signal: AbortSignal; host: string },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const end = new AbortController();
  const onAbort = (): void => end.abort(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  const timer = setTimeout(() => {
    const message = `${host} did not answer to the end within ${timeoutMs} ms (timeoutMs)`;
    end.abort(new FetchError(message, { code: "FETCH_TIMEOUT", data: { host } }));
  }, timeoutMs);
  try {
    return await work(end.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
    end.abort();
  }
}
