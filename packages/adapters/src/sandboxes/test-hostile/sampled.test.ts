import { expect, test } from "vitest";
import { ofKinds, sampled } from "./sampled.ts";

const names = ["reach: a", "time: a", "time: b: c", "floods: a", "reach: b", "time: c", "memory: a"];

function registered(make: (register: (name: string) => void) => (name: string, run: () => Promise<void>) => void) {
  const found: string[] = [];
  const register = make((name) => void found.push(name));
  for (const name of names) register(name, async () => {});
  return found;
}

test.skipIf(process.env["SMOLTOOLS_HOSTILE"] === "all")("all that aim at the host are tried, and some others", () => {
  expect(registered((register) => sampled(register, 3))).toEqual(["reach: a", "time: a", "reach: b", "time: c"]);
  expect(registered((register) => sampled(register, 3, ["time"]))).toEqual([
    "reach: a",
    "time: a",
    "time: b: c",
    "time: c",
    "memory: a",
  ]);
});

test("of some kinds all are tried", () => {
  expect(registered((register) => ofKinds(register, ["memory", "floods"]))).toEqual(["floods: a", "memory: a"]);
});
