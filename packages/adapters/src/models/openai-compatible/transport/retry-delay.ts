const firstDelayMs = 500;

/** What the wait before a further attempt depends on. */
interface RetryDelayOptions {
  /** The attempt that failed, from 1. */
  attempt: number;
  /** What the provider asks for, in milliseconds. */
  retryAfterMs: number | undefined;
  /** The longest wait. */
  maxDelayMs: number;
  /** A number from 0 up to 1; `Math.random()` unless a test gives one. */
  random?: number;
}

/**
 * The wait before a further attempt, in milliseconds: what the provider asks for, else exponential backoff with full
 * jitter, and never more than the longest wait.
 *
 * Source: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/.
 */
export function retryDelayMs({ attempt, retryAfterMs, maxDelayMs, random = Math.random() }: RetryDelayOptions): number {
  if (retryAfterMs !== undefined) return Math.min(retryAfterMs, maxDelayMs);
  return random * Math.min(firstDelayMs * 2 ** (attempt - 1), maxDelayMs);
}

/**
 * How long a provider asks to wait, in milliseconds; `undefined` when it does not say.
 *
 * Source: RFC 9110, section 10.2.3 (seconds or an HTTP date); `retry-after-ms` is OpenAI's and Azure's finer form.
 *
 * @param headers - Headers of the failed answer.
 * @param now - The time, in milliseconds since 1970.
 */
export function retryAfterMs(headers: Headers, now: number = Date.now()): number | undefined {
  const milliseconds = headers.get("retry-after-ms");
  if (milliseconds !== null && isCount(milliseconds)) return Number(milliseconds);
  const value = headers.get("retry-after");
  if (value === null) return undefined;
  if (isCount(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function isCount(text: string): boolean {
  return /^\s*\d+(?:\.\d+)?\s*$/.test(text);
}
