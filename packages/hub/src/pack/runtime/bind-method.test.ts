import { expect, it } from "vitest";
import { bindMethod } from "./bind-method.ts";

it("a method is called on its object, with its arguments", async () => {
  const tool = { sum: 1, run: (...args: number[]) => args.length, execute() {} };
  expect(await bindMethod(tool, "run")(1, 2)).toBe(2);
});

it("what a library calls execute is found under that name", async () => {
  const tool = { place: "x", execute(this: { place: string }) { return this.place; } }; // prettier-ignore
  expect(await bindMethod(tool, "run")()).toBe("x");
});

it("an object without the method is refused", () => {
  expect(() => bindMethod({}, "run")).toThrow('no method "run"');
});

it("setup is done once, before the first call, and again when it failed", async () => {
  let setups = 0;
  const tool = {
    setup: async () => {
      if (++setups === 1) throw new Error("not yet");
    },
    run: () => setups,
  };
  const run = bindMethod(tool, "run");
  await expect(run()).rejects.toThrow("not yet");
  expect(await Promise.all([run(), run()])).toEqual([2, 2]);
  expect(await run()).toBe(2);
});
