import { expect, test } from "vitest";
import { Output } from "./output.ts";

function print(maxBytes: number, ...texts: string[]): { lines: string[]; left: number } {
  const lines: string[] = [];
  const output = new Output(maxBytes, (sent) => lines.push(...sent));
  let left = maxBytes;
  for (const text of texts) left = output.print(text);
  output.flush();
  return { lines, left };
}

test("keeps what fits exactly, and counts the ends of lines", () => {
  expect(print(5, "ab", "cd")).toEqual({ lines: ["ab", "cd"], left: 0 });
});

test("cuts what does not fit and says so once", () => {
  const { lines, left } = print(4, "ab", "cd", "ef");
  expect(lines).toEqual(["ab", "c", expect.stringContaining("output cut")]);
  expect(left).toBeLessThan(0);
});

test("cuts between characters", () => {
  expect(print(3, "éé").lines[0]).toBe("é");
});

test("counts empty lines, so that they end too", () => {
  const { lines } = print(3, ...Array.from({ length: 100 }, () => ""));
  expect(lines).toHaveLength(5);
});
