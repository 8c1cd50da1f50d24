import { expect, expectEqual } from "../sandbox-case.ts";

/** Fails unless all that a JSON value says is in another: members may be added to objects, and nothing else. */
export function expectWithin(actual: unknown, expected: unknown, what: string): void {
  if (typeof expected !== "object" || expected === null) return expectEqual(actual, expected, what);
  expect(typeof actual === "object" && actual !== null, `${what} is missing`);
  const members = new Map<string, unknown>(Object.entries(actual));
  if (Array.isArray(expected)) expectEqual(Object.keys(actual), Object.keys(expected), `the items of ${what}`);
  for (const [key, value] of Object.entries(expected)) expectWithin(members.get(key), value, `${what}.${key}`);
}
