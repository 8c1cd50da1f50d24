import { expect, test } from "vitest";
import { grantedEnv } from "./granted-env.ts";

test("a package gets the variables that it was granted and that there are", () => {
  expect(grantedEnv(["KEY", "GONE"], { KEY: "x", OTHER: "y" })).toEqual({ KEY: "x" });
});

test.each(["toString", "constructor", "__proto__", "hasOwnProperty"])("%s is no variable", (name) => {
  expect(Object.keys(grantedEnv([name], process.env))).toEqual([]);
});
