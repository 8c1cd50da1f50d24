import { describe, expect, it } from "vitest";
import type { ModelReply } from "../../model/collect.ts";
import { codeOfReply } from "./code-of-reply.ts";
import { defaultCodeTags } from "./parse-code.ts";
import { python } from "./python.ts";

function codeOf(text: string): string {
  const reply: ModelReply = { text, reasoning: "", toolCalls: [], finishReason: "stop" };
  return codeOfReply(reply, { form: "tagged", language: python, tags: defaultCodeTags, functions: ["add"] });
}

describe("the Python in an answer", () => {
  it.each([
    ["a tagged block", "Thought: x\n<code>\na = 1\n</code>", "a = 1"],
    ["a fence inside the tags", "<code>\n```python\nprint(1)\n```\n</code>", "print(1)"],
    ["a fenced block", "Sure:\n```py\na: int = 1\n```\nDone.", "a: int = 1"],
    ["a block for code that is run", "```tool_code\nadd(1, 2)\n```", "add(1, 2)"],
    ["indentation", "<code>\nfor a in [1]:\n    add(a, 1)\n</code>", "for a in [1]:\n    add(a, 1)"],
    ["bare code", "import math\nfinal_answer(math.pi)", "import math\nfinal_answer(math.pi)"],
  ])("is read from %s (case 64)", (_title, answer, code) => {
    expect(codeOf(answer)).toBe(code);
  });

  it.each(["Wrong blob!", "```js\nfinalAnswer(1)\n```"])("is missed in %j (case 64)", (answer) => {
    expect(() => codeOf(answer)).toThrow("final_answer(answer)");
  });
});

describe("the name of a variable", () => {
  it.each(["a", "_", "rows_2", "ключ", "match", "id", "input", "url", "Final", "finalAnswer"])("may be %s", (name) => {
    expect(python.variableProblem(name)).toBeUndefined();
  });

  it.each(["", "a-b", "1st", "a b", "$a", "class", "None", "lambda", "ﬁle", "ℌ"])("cannot be %j", (name) => {
    expect(python.variableProblem(name)).toBe("cannot be the name of a variable: use another identifier");
  });

  it.each(["print", "final_answer", "list", "Exception", "__name__", "__builtins__"])("should not be %j", (name) => {
    expect(python.variableProblem(name)).toBe("has a meaning of its own in the code: rename the variable");
  });
});

describe("the prompts", () => {
  it("say where there are no tools", () => {
    expect(python.declare([])).toBe("# There are no tools: use plain Python.");
  });

  it.each(["tagged", "structured"] as const)("speak of Python alone in the %s form", (form) => {
    const { system } = python.prompts(form);
    expect(system).toContain("final_answer(value)");
    expect(system).not.toMatch(/JavaScript|finalAnswer|console|Promise/);
  });

  it("show the structured form as JSON whose code is Python", () => {
    const { system } = python.prompts("structured");
    const example = /^\{"thought": .*\}$/m.exec(
      typeof system === "string" ? system.slice(system.lastIndexOf("\n{")) : "",
    );
    const { code } = JSON.parse(example?.[0].replace("{{instructions}}", "") ?? "{}");
    expect(code).toBe("values = [3, 5, 10]\nmean = sum(values) / len(values)\nfinal_answer(mean)");
  });
});
