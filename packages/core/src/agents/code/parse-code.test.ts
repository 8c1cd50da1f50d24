import { describe, expect, it } from "vitest";
import type { ModelReply } from "../../model/collect.ts";
import { codeOfReply } from "./code-of-reply.ts";
import { javascript } from "./javascript.ts";
import { defaultCodeTags } from "./parse-code.ts";

function codeOf(text: string): string {
  const reply: ModelReply = { text, reasoning: "", toolCalls: [], finishReason: "stop" };
  return codeOfReply(reply, { form: "tagged", language: javascript, tags: defaultCodeTags, functions: ["add"] });
}

describe("the code of an answer", () => {
  it.each([
    ["a tagged block", "Thought: x\n<code>\nconst a = 1;\n</code>", "const a = 1;"],
    ["a block whose closing tag was the stop text", "<code>\nf();\n", "f();"],
    ["several tagged blocks", "<code>\na();\n</code>\nthen\n<code>b();</code>", "a();\n\nb();"],
    ["a fence inside the tags", "<code>\n```js\na();\n```\n</code>", "a();"],
    ["a fenced block", "Sure:\n```ts\nlet a: number = 1;\n```\nDone.", "let a: number = 1;"],
    ["a fence that was not closed", "```javascript\na();", "a();"],
    ["several fences", "```js\na();\n```\n```js\nb();\n```", "a();\n\nb();"],
    ["indentation of the first line", "<code>\n  a();\n</code>", "  a();"],
    [
      "bare code (case 64)",
      "const a = await add(1, 2);\nfinalAnswer(a);",
      "const a = await add(1, 2);\nfinalAnswer(a);",
    ],
  ])("reads %s", (_title, answer, code) => {
    expect(codeOf(answer)).toBe(code);
  });

  it.each(["I think the answer is 4.", "", "<code>\n\n</code>", "```python\nprint(1)\n```"])("refuses %j", (answer) => {
    expect(() => codeOf(answer)).toThrow("holds no code");
  });

  it("tells a model that ends in words how to end", () => {
    expect(() => codeOf("The final answer is 4.")).toThrow("call finalAnswer(value) inside the code");
  });
});
