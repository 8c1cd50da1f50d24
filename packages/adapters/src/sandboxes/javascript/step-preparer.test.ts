import { describe, expect, test } from "vitest";
import { stepPreparer } from "./step-preparer.ts";

const ampleMs = 60_000;
/** Takes many times as long as it takes to notice that, and to start another thread. */
const slow = "var a;".repeat(250_000);
/** Needs the thread: TypeScript. */
const typed = "const n: number = 1";

test("a step that takes long does not hold up those of others", { timeout: 90_000 }, async () => {
  const order: string[] = [];
  const long = stepPreparer.prepare(slow, ampleMs).then(() => order.push("slow"));
  const others = await Promise.all([typed, typed, typed].map((code) => stepPreparer.prepare(code, ampleMs)));
  order.push("others");
  expect(others.every((prepared) => "step" in prepared)).toBe(true);
  await long;
  expect(order).toEqual(["others", "slow"]);
});

test("a step that takes too long is given up", async () => {
  const prepared = await stepPreparer.prepare(slow, 100);
  expect(prepared).toMatchObject({ error: { code: "SANDBOX_SYNTAX", message: "the code takes too long to parse" } });
});

test("a step has more time than timers can count", async () => {
  expect(await stepPreparer.prepare(typed, 2 ** 40)).toHaveProperty("step");
});

describe("after a step that", () => {
  test.each([
    ["nests too deeply", `${"(".repeat(200_000)}1`],
    ["is wrong", "const const"],
  ])("%s, the next is prepared", async (_what, code) => {
    expect(await stepPreparer.prepare(code, ampleMs)).toHaveProperty("error");
    expect(await stepPreparer.prepare(typed, ampleMs)).toHaveProperty("step");
  });
});
