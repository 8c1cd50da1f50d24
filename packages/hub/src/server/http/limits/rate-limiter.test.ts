import { expect, test } from "vitest";
import { RateLimiter, rateHeaders } from "./rate-limiter.ts";

function limiter(limits: { user?: number; anonymous?: number } = {}) {
  const clock = { now: 1_000 };
  const made = new RateLimiter({ windowMs: 10_000, user: 3, anonymous: 2, concurrent: 9, ...limits }, () => clock.now);
  return { clock, take: made.take.bind(made) };
}

test("so many requests are let through, and no more", () => {
  const { take } = limiter();
  const allowed = Array.from({ length: 5 }, () => take("user", "alice").allowed);
  expect(allowed).toEqual([true, true, true, false, false]);
});

test("everybody is counted alone, and an address is no user of that name", () => {
  const { take } = limiter({ user: 1, anonymous: 1 });
  expect([take("user", "a"), take("user", "b"), take("anonymous", "a")].map(({ allowed }) => allowed)).toEqual([
    true,
    true,
    true,
  ]);
});

test("the next window begins from nothing", () => {
  const { clock, take } = limiter({ user: 1 });
  take("user", "alice");
  clock.now += 9_999;
  expect(take("user", "alice")).toMatchObject({ allowed: false, resetSeconds: 1 });
  clock.now += 1;
  expect(take("user", "alice")).toMatchObject({ allowed: true, resetSeconds: 10 });
});

test("after a long silence the window is a whole one", () => {
  const { clock, take } = limiter();
  clock.now += 1_234_567;
  expect(take("user", "alice").resetSeconds).toBeLessThanOrEqual(10);
});

test("the headers say what the Python client reads", () => {
  const { clock, take } = limiter();
  clock.now += 4_500;
  expect(rateHeaders(take("user", "alice"))).toEqual({
    RateLimit: '"api";r=2;t=6',
    "RateLimit-Policy": '"fixed window";"api";q=3;w=10',
  });
});

test("a million addresses are not kept, and the busiest ones are not forgotten for them", () => {
  const { take } = limiter({ anonymous: 5 });
  for (let n = 0; n < 200_000; n++) {
    take("anonymous", `address-${n}`);
    if (n % 10_000 === 0) take("anonymous", "busy");
  }
  expect(take("anonymous", "busy").allowed).toBe(false);
  expect(take("anonymous", "address-0")).toMatchObject({ remaining: 4 });
});
