import { expect, test } from "vitest";
import { SmoltoolsError } from "./smoltools-error.ts";

const messageOf = (text: string): string => new SmoltoolsError(text, { code: "X" }).message;

test.each([
  ["colours", "\u001b[31mred\u001b[0m", "\ufffd[31mred\ufffd[0m"],
  ["a line that is written over", "safe\revil", "safe\ufffdevil"],
  ["commands in one character", "\u009b2J", "\ufffd2J"],
  ["writing from right to left", "a\u202ecod.exe\u202c", "a\ufffdcod.exe\ufffd"],
  ["lines that only some know", "a\u2028b\u2029c", "a\ufffdb\ufffdc"],
])("a message shows no %s", (_, text, shown) => {
  expect(messageOf(text)).toBe(shown);
});

test("a message has line ends of one kind", () => {
  expect(messageOf("a\r\nb\nc")).toBe("a\nb\nc");
});

test("a message keeps its lines, tabs and all that can be read", () => {
  const text = "1\n2\t3 äöü 漢字 עברית 👩‍👩‍👧";
  expect(messageOf(text)).toBe(text);
});
