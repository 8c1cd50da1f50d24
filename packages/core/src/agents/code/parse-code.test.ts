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
    ["fences with lines that end in CRLF", "Sure:\r\n```js\r\na();\r\nb();\r\n```\r\nDone.", "a();\r\nb();"],
    ["a fence behind one of another language", "```python\nx\n```\n```js\na();\n```", "a();"],
    ["a fence with words behind its mark as none", "```js now\nb();\n```\na();\n```", "a();"],
    ["indented fences", "1. Do:\n   ```js\n   a();\n   ```", "   a();"],
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

  it.each([
    ["a fence and blanks", `\`\`\`${" ".repeat(300_000)}!`],
    ["fences that are all open", "```js\n".repeat(50_000)],
    ["fences in one line", "```".repeat(100_000)],
    ["an open tag and blanks", `<code>${" ".repeat(300_000)}`],
    ["open tags", "<code>".repeat(50_000)],
    ["a fence in tags and blanks", `<code>\`\`\`js\n${"\n ``` ".repeat(50_000)}!`],
    ["line breaks", "\n".repeat(300_000)],
    ["a word and blanks", `a${" ".repeat(300_000)}`],
    ["words of an answer", "final_ ".repeat(50_000)],
    ["dots", "a.".repeat(150_000)],
  ])("is looked for in time that grows with the answer, in one of %s", (_title, answer) => {
    // Time of the processor, which other processes do not lengthen.
    const startedAt = process.cpuUsage();
    try {
      codeOf(answer);
    } catch {
      // Whether there is code does not matter.
    }
    expect(process.cpuUsage(startedAt).user / 1000).toBeLessThan(2_000);
  });

  it("tells a model that ends in words how to end", () => {
    expect(() => codeOf("The final answer is 4.")).toThrow("call finalAnswer(value) inside the code");
  });
});
