import { expect, it } from "vitest";
import { limitsOf } from "./limits.ts";

it("the waits before further attempts last a minute in all at most", () => {
  const { retries, maxRetryDelayMs } = limitsOf({ model: "m" });
  expect(retries * maxRetryDelayMs).toBeLessThanOrEqual(60_000);
});

it("a limit that is given replaces its default alone", () => {
  expect(limitsOf({ model: "m", retries: 0 })).toEqual({ ...limitsOf({ model: "m" }), retries: 0 });
});
