/**
 * How long a server asks to wait, in milliseconds; `undefined` when it does not say.
 *
 * Source: RFC 9110, section 10.2.3: seconds, or an HTTP date.
 *
 * @param header - The value of `retry-after`.
 * @param now - The time, in milliseconds since 1970.
 */
export function retryAfterOf(header: string | null | undefined, now: number = Date.now()): number | undefined {
  if (header === undefined || header === null) return undefined;
  const ms = isCount(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

/** Tells whether a header is a number that is not below 0. */
export function isCount(header: string): boolean {
  return /^\s*\d+(?:\.\d+)?\s*$/.test(header) && Number.isFinite(Number(header));
}
