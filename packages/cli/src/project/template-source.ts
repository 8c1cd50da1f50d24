import type { NewProject } from "./template.ts";

/** The source of a new tool: something small that works, to be replaced. */
export function sourceText({ language, tool, description }: NewProject): string {
  const [name, times, result] = language === "ts" ? ["", "", ""] : ["{string} ", "{number} ", "{string} "];
  const signature = language === "ts" ? `${tool}(name: string, times: number = 1): string` : `${tool}(name, times = 1)`;
  return `/**
 * ${commentText(description)}
 *
 * @param ${name}name - Whom to greet.
 * @param ${times}times - How often. @integer @minimum 1 @maximum 10
 * @returns ${result}The greeting.
 * @annotation readOnly
 *
 * @example
 * await ${tool}("Ada"); // => "Hello, Ada!"
 * await ${tool}("Ada", 2); // => "Hello, Ada! Hello, Ada!"
 */
export function ${signature} {
  return Array.from({ length: times }, () => \`Hello, \${name}!\`).join(" ");
}
`;
}

/** A test that calls the tool as its users do: built, and in its sandbox. */
export function testText({ tool }: NewProject): string {
  return `import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Tool } from "smoltools";

// The package as \`smoltools build\` wrote it. It runs in its sandbox, with its input and its result checked.
const tool = await Tool.fromHub("./package");
after(() => tool[Symbol.asyncDispose]());

test("it is called ${tool}", () => {
  assert.equal(tool.name, "${tool}");
});

test("it greets", async () => {
  assert.equal(await tool.call({ name: "Ada", times: 2 }), "Hello, Ada! Hello, Ada!");
});

test("it takes no number of times that cannot be", async () => {
  await assert.rejects(() => tool.call({ name: "Ada", times: 0 }), { code: "TOOL_INPUT_INVALID" });
});
`;
}

/** A sentence of somebody's in a comment: it neither ends the comment nor begins a tag. */
function commentText(text: string): string {
  return text
    .replaceAll(/\s+/g, " ")
    .replaceAll("*/", "* /")
    .replace(/(^|\s)@/g, "$1at ")
    .trim();
}
