import { expect, it } from "vitest";
import { limitsOf } from "./limits.ts";

it("the waits before further attempts last a minute in all at most", () => {
  const { retries, maxRetryDelayMs } = limitsOf({});
  expect(retries * maxRetryDelayMs).toBeLessThanOrEqual(60_000);
});

it("a limit that is given replaces its default alone, whosever default that is", () => {
  expect(limitsOf({ retries: 0 }, { timeoutMs: 1 })).toEqual({ ...limitsOf({}), retries: 0, timeoutMs: 1 });
});
