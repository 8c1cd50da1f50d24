import { describe, expect, it } from "vitest";
import { retryDelay } from "./retry-delay.ts";

describe("retryDelay", () => {
  const now = Date.parse("2026-01-01T00:00:00Z");
  it.each<[string, number]>([
    ["2", 2000],
    ["0", 0],
    ["-5", 0],
    ["9999", 20_000],
    ["Thu, 01 Jan 2026 00:00:03 GMT", 3000],
    ["Wed, 31 Dec 2025 00:00:00 GMT", 0],
  ])("follows Retry-After: %s", (header, ms) => {
    expect(retryDelay(0, header, 20_000, now)).toBe(ms);
  });

  it.each([null, "", "soon"])("backs off by itself when the header is %j", (header) => {
    for (let attempt = 0; attempt < 10; attempt++) {
      const ms = retryDelay(attempt, header, 5000, now);
      expect(ms).toBeGreaterThanOrEqual(0);
      expect(ms).toBeLessThanOrEqual(Math.min(250 * 2 ** attempt, 5000));
    }
  });
});
