import { expect, it } from "vitest";
import { ageText } from "./age.ts";

const now = Date.parse("2026-11-21T12:00:00Z");

it.each([
  ["2026-11-21T11:59:30Z", "now"],
  ["2026-11-21T11:58:00Z", "2 minutes ago"],
  ["2026-11-21T09:00:00Z", "3 hours ago"],
  ["2026-11-20T11:00:00Z", "yesterday"],
  ["2026-11-05T12:00:00Z", "2 weeks ago"],
  ["2024-01-01T12:00:00Z", "2 years ago"],
  ["2026-11-21T12:05:00Z", "in 5 minutes"],
  ["never", ""],
])("%s was %s", (time, age) => {
  expect(ageText(time, now)).toBe(age);
});
