import { Buffer } from "node:buffer";
import { expect, test } from "vitest";
import { ErrorOutput } from "./error-output.ts";

test("keeps the end of what is written, in texts and in bytes", () => {
  const output = new ErrorOutput(1e6);
  output.push("a".repeat(5000));
  output.push(Buffer.from("the end é"));
  expect([output.text.length, output.text.slice(-10)]).toEqual([4000, "athe end é"]);
});

test("says when it is too much", () => {
  const output = new ErrorOutput(10);
  expect(["12345", "67890", "1"].map((text) => output.push(text))).toEqual([true, true, false]);
});

test("does not read more of a large portion than it keeps", () => {
  const output = new ErrorOutput(1e9);
  expect(output.push(Buffer.alloc(50e6, "x"))).toBe(true);
  expect(output.text).toBe("x".repeat(4000));
});
