import { Deadline } from "../../shared/async/deadline.ts";
import { untilAborted } from "../../shared/async/until-aborted.ts";
import { WebToolError } from "./web-tool-error.ts";

/** What {@link withTimeLimit} needs. */
export interface TimeLimit {
  /** Who is waited for. */
  service: string;
  /** The longest wait, in milliseconds. */
  timeoutMs: number;
  /** The caller's signal. */
  signal: AbortSignal | undefined;
}

/**
 * Runs work that ends with its caller, and after a time in any case, whether or not the work heeds its signal.
 *
 * @throws WebToolError `WEB_TIMEOUT`; the signal's reason when the caller aborts; what the work throws.
 */
export async function withTimeLimit<T>(
  { service, timeoutMs, signal }: TimeLimit,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  using deadline = new Deadline(signal ?? new AbortController().signal);
  deadline.arm(
    timeoutMs,
    () =>
      new WebToolError(`${service} took longer than ${timeoutMs} ms. Try again later, or raise timeoutMs.`, {
        code: "WEB_TIMEOUT",
        data: { service },
      }),
  );
  try {
    return await untilAborted(work(deadline.signal), deadline.signal);
  } catch (error) {
    // What libraries throw for an abort says less than the reason.
    throw deadline.signal.aborted ? deadline.signal.reason : error;
  }
}
