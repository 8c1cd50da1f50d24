import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { retryAfterMs, retryDelayMs } from "./retry-delay.ts";

const now = Date.UTC(2025, 10, 21, 12, 0, 0);

describe("retryAfterMs", () => {
  it.each<[string, Record<string, string>, number | undefined]>([
    ["seconds", { "retry-after": "2" }, 2000],
    ["a fraction of a second", { "retry-after": "0.5" }, 500],
    ["milliseconds, which win", { "retry-after": "2", "retry-after-ms": "150" }, 150],
    ["a date", { "retry-after": "Fri, 21 Nov 2025 12:00:03 GMT" }, 3000],
    ["a date that has passed", { "retry-after": "Fri, 21 Nov 2025 11:59:00 GMT" }, 0],
    ["nonsense", { "retry-after": "soon" }, undefined],
    ["an empty value", { "retry-after": "" }, undefined],
    ["milliseconds that are none", { "retry-after": "1", "retry-after-ms": "x" }, 1000],
    ["seconds beyond all numbers", { "retry-after": "9".repeat(400) }, undefined],
    ["milliseconds beyond all numbers", { "retry-after-ms": "9".repeat(400), "retry-after": "1" }, 1000],
    ["nothing", {}, undefined],
  ])("reads %s", (_, headers, ms) => {
    expect(retryAfterMs(new Headers(headers), now)).toBe(ms);
  });
});

describe("retryDelayMs", () => {
  it("doubles the longest wait with each attempt", () => {
    const delays = [1, 2, 3, 4].map((attempt) =>
      retryDelayMs({ attempt, rateLimited: false, retryAfterMs: undefined, maxDelayMs: 60_000, random: 1 }),
    );
    expect(delays).toEqual([500, 1000, 2000, 4000]);
  });

  it.each([
    [false, 0, 0],
    [false, 1, 500],
    [true, 0, 3000],
    [true, 1, 6000],
  ])("with rateLimited %s and jitter %d is %d at first", (rateLimited, random, delay) => {
    expect(retryDelayMs({ attempt: 1, rateLimited, retryAfterMs: undefined, maxDelayMs: 60_000, random })).toBe(delay);
  });

  it("waits as long as the provider asks, up to the limit", () => {
    const delays = [700, 5000].map((retryAfterMs) =>
      retryDelayMs({ attempt: 1, rateLimited: true, retryAfterMs, maxDelayMs: 1000 }),
    );
    expect(delays).toEqual([700, 1000]);
  });

  it("never leaves the limits", () => {
    const options = fc.record({
      attempt: fc.integer({ min: 1, max: 2000 }),
      rateLimited: fc.boolean(),
      retryAfterMs: fc.option(fc.nat(), { nil: undefined }),
      maxDelayMs: fc.nat({ max: 100_000 }),
      random: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    });
    fc.assert(
      fc.property(options, (given) => {
        const delay = retryDelayMs(given);
        expect(delay).toBeGreaterThanOrEqual(0);
        expect(delay).toBeLessThanOrEqual(given.maxDelayMs);
      }),
    );
  });
});
