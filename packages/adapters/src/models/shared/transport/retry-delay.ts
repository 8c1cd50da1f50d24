import { isCount, retryAfterOf } from "../../../shared/retry-after.ts";

/** A server that failed may be back at once; a limit on requests holds for a while, mostly up to a minute. */
const firstDelayMs = { failed: 500, rateLimited: 6000 };

/** What the wait before a further attempt depends on. */
interface RetryDelayOptions {
  /** The attempt that failed, from 1. */
  attempt: number;
  /** True when there were too many requests, false when the server failed. */
  rateLimited: boolean;
  /** What the provider asks for, in milliseconds. */
  retryAfterMs: number | undefined;
  /** The longest wait. */
  maxDelayMs: number;
  /** A number from 0 up to 1; `Math.random()` unless a test gives one. */
  random?: number;
}

/**
 * The wait before a further attempt, in milliseconds: what the provider asks for, else exponential backoff with
 * jitter, and never more than the longest wait. The jitter is full after a failure and equal after too many requests,
 * which no short wait mends.
 *
 * Source: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/.
 */
export function retryDelayMs(options: RetryDelayOptions): number {
  const { attempt, rateLimited, retryAfterMs, maxDelayMs, random = Math.random() } = options;
  if (retryAfterMs !== undefined) return Math.min(retryAfterMs, maxDelayMs);
  const first = rateLimited ? firstDelayMs.rateLimited : firstDelayMs.failed;
  const longest = Math.min(first * 2 ** (attempt - 1), maxDelayMs);
  return rateLimited ? (longest * (1 + random)) / 2 : longest * random;
}

/**
 * How long a provider asks to wait, in milliseconds; `undefined` when it does not say. `retry-after-ms` is OpenAI's and
 * Azure's finer form of `retry-after`.
 *
 * @param headers - Headers of the failed answer.
 * @param now - The time, in milliseconds since 1970.
 */
export function retryAfterMs(headers: Headers, now: number = Date.now()): number | undefined {
  const milliseconds = headers.get("retry-after-ms");
  if (milliseconds !== null && isCount(milliseconds)) return Number(milliseconds);
  return retryAfterOf(headers.get("retry-after"), now);
}
