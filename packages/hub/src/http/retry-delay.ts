/**
 * How long to wait before the next try.
 *
 * @param attempt - Tries so far that failed, from 0.
 * @param retryAfter - The `Retry-After` header: seconds, or an HTTP date (RFC 9110, section 10.2.3).
 * @param maxMs - Longest wait.
 * @returns Milliseconds. Without the header: exponential with full jitter, so that many clients do not come back together.
 */
export function retryDelay(
  attempt: number,
  retryAfter: string | null,
  maxMs: number,
  now: number = Date.now(),
): number {
  if (retryAfter !== null && retryAfter.trim() !== "") {
    const seconds = Number(retryAfter);
    const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(retryAfter) - now;
    if (Number.isFinite(ms)) return Math.min(Math.max(ms, 0), maxMs);
  }
  return Math.random() * Math.min(250 * 2 ** attempt, maxMs);
}
