import { CodeAgent, type CodeAgentOptions, messageText, tool } from "@smoltools/core";
import { ScriptedModel, type ScriptedReply } from "@smoltools/core/testing";
import { describe, expect, it } from "vitest";
import { add, code, conversation } from "./agent-fixture.ts";
import { needsPython, pythonSandbox } from "./python-fixture.ts";

needsPython();

function pythonAgent(
  script: readonly ScriptedReply[],
  options: Partial<CodeAgentOptions> = {},
): { model: ScriptedModel; agent: CodeAgent } {
  const model = new ScriptedModel(script);
  return { model, agent: new CodeAgent({ model, sandbox: pythonSandbox, tools: [add], ...options }) };
}

/** The answer of an agent whose model writes this code. */
async function answerOf(text: string, options: Partial<CodeAgentOptions> = {}): Promise<unknown> {
  const { agent, model } = pythonAgent([code(text)], options);
  await using _ = agent;
  const answer = await agent.run("Go.");
  model.assertDone();
  return answer;
}

const lastText = (model: ScriptedModel, request: number): string =>
  conversation(model.requests[request]).at(-1)?.[1] ?? "";

describe("tools in Python", () => {
  it.each([
    ["in order", "final_answer(add(1, 2))"],
    ["by name", "final_answer(add(b=2, a=1))"],
    ["in order and by name", "final_answer(add(1, b=2))"],
    ["as one dict", "final_answer(add({'a': 1, 'b': 2}))"],
    ["as a dict of names", "final_answer(add(**{'a': 1, 'b': 2}))"],
  ])("take arguments %s", async (_title, text) => {
    expect(await answerOf(text)).toBe(3);
  });

  it.each(["echo('a', None)", "echo('a', limit=None)", "echo(text='a', limit=None)"])(
    "take None for an argument left out: %s",
    async (call) => {
      const echo = tool({
        name: "echo",
        description: "Gives it back.",
        input: {
          type: "object",
          properties: { text: { type: "string" }, limit: { type: "integer" } },
          required: ["text"],
          additionalProperties: false,
        },
        execute: (input) => input,
      });
      expect(await answerOf(`final_answer(${call})`, { tools: [echo] })).toEqual({ text: "a" });
    },
  );

  it.each([
    ["a keyword of Python", "from", "echo({'from': 'a'})"],
    ["a keyword of Python, unpacked", "from", "echo(**{'from': 'a'})"],
    ["a reserved word of JavaScript", "default", "echo(default='a')"],
    ["no identifier", "max-size", "echo({'max-size': 'a'})"],
  ])("take an argument whose name is %s", async (_title, name, call) => {
    const echo = tool({
      name: "echo",
      description: "Gives it back.",
      input: { type: "object", properties: { [name]: { type: "string" } }, required: [name] },
      execute: (input) => input,
    });
    expect(await answerOf(`final_answer(${call})`, { tools: [echo] })).toEqual({ [name]: "a" });
  });

  it("are declared to the model, and so is the final answer", async () => {
    const { agent, model } = pythonAgent([code("final_answer(1)")], { answerSchema: { type: "integer" } });
    await using _ = agent;
    await agent.run("Go.");
    const [system] = model.requests[0]?.messages ?? [];
    expect(system && messageText(system)).toContain(`<code>
def add(a: float, b: float) -> float:
    """Adds two numbers.

    Args:
        a: One.
        b: Two.
    """

def final_answer(value: int) -> NoReturn:
    """Gives the final answer and ends the task."""
</code>`);
  });

  it("throw what code can catch", async () => {
    const text = "try:\n    add('x', 1)\nexcept Exception as error:\n    final_answer(str(error)[:13])";
    expect(await answerOf(text)).toBe("add was calle");
  });
});

describe("code in Python", () => {
  it("keeps variables, functions and imports from step to step", async () => {
    const { agent } = pythonAgent([
      code("import math\ns = add(1, 2)\ndef twice(n):\n    return n * 2"),
      code("final_answer(twice(s) + math.floor(1.5))"),
    ]);
    await using _ = agent;
    expect(await agent.run("Go.")).toBe(7);
  });

  it("is observed: what it prints, and its last value", async () => {
    const { agent, model } = pythonAgent([code("print('six', 6)\n{'a': (6 * 7, None)}"), code("final_answer(1)")]);
    await using _ = agent;
    await agent.run("Go.");
    expect(lastText(model, 1)).toBe('Observation:\nPrinted:\nsix 6\nValue: {"a":[42,null]}');
  });

  it("fails with its line, and the run goes on", async () => {
    const { agent, model } = pythonAgent([code("a = 1\nb = [][3]"), code("if a:\nprint(1)"), code("final_answer(a)")]);
    await using _ = agent;
    expect(await agent.run("Go.")).toBe(1);
    expect(lastText(model, 1)).toMatch(
      /SANDBOX_EXCEPTION[^]*IndexError: list index out of range\nat line 2.*: b = \[\]\[3\]/,
    );
    expect(lastText(model, 2)).toMatch(/SANDBOX_SYNTAX[^]*at line 2.*: print\(1\)/);
  });

  it.each([
    ["final_answer = add(1, 2)\nfinal_answer(final_answer)", 3],
    ["final_answer = f'{add(1, 2)}'\nfinal_answer(f'{final_answer:>{len(final_answer) + 1}}')", " 3"],
    ["for i, final_answer in enumerate('ab'): pass\nfinal_answer(final_answer)", "b"],
    ["def f(final_answer=1): return final_answer\nfinal_answer: int = f()\nfinal_answer(final_answer)", 1],
    ["final_answer, rest = 1, dict(final_answer=2)\nfinal_answer([final_answer, rest])", [1, { final_answer: 2 }]],
    ["if (final_answer := '{final_answer}'): final_answer(final_answer)  # final_answer", "{final_answer}"],
    ["f = lambda final_answer: final_answer + 1\nfinal_answer = f(1)\nfinal_answer(final_answer)", 2],
  ])("may use the name of the function for the answer as well: %j (case 68)", async (text, answer) => {
    expect(await answerOf(text)).toEqual(answer);
  });

  it("has the additional arguments as variables", async () => {
    const { agent } = pythonAgent([code("final_answer(len(rows) + int(name))")]);
    await using _ = agent;
    expect(await agent.run("Go.", { additionalArgs: { rows: [1, 2], name: "40" } })).toBe(42);
    const refused = ["print", "None", "a-b", "add", "final_answer"].map((name) =>
      agent.run("Go.", { additionalArgs: { [name]: 1 } }),
    );
    for (const run of await Promise.allSettled(refused)) {
      expect(run).toMatchObject({ status: "rejected", reason: { code: "AGENT_CONFIG" } });
    }
  });

  it("is asked for again where there is none, with an example in Python", async () => {
    const { agent, model } = pythonAgent(["The final answer is 3.", code("final_answer(3)")]);
    await using _ = agent;
    expect(await agent.run("Go.")).toBe(3);
    expect(lastText(model, 1)).toContain("answer = 6 * 7\nfinal_answer(answer)");
    expect(lastText(model, 1)).toContain("call final_answer(value) inside the code");
  });
});

describe("the final answer in Python", () => {
  it.each([
    ["except Exception", "try:\n    final_answer(1)\nexcept Exception:\n    pass\nfinal_answer(2)"],
    ["a bare except", "try:\n    final_answer(1)\nexcept:\n    pass\nfinal_answer(2)"],
    ["finally", "try:\n    final_answer(1)\nfinally:\n    final_answer(2)"],
  ])("is the first one, inside a try with %s (case 19)", async (_title, text) => {
    expect(await answerOf(text)).toBe(1);
  });

  it("goes through the caller's own tool for it (case 17)", async () => {
    const finish = tool({
      name: "final_answer",
      description: "Joins two answers.",
      input: {
        type: "object",
        properties: { first: { type: "string" }, second: { type: "string" } },
        required: ["first", "second"],
        additionalProperties: false,
      },
      execute: ({ first, second }) => `${String(first)} and ${String(second)}`,
    });
    const { agent, model } = pythonAgent([code("final_answer({'first': '1', 'second': '2'})")], {
      tools: [add, finish],
    });
    await using _ = agent;
    expect(await agent.run("Go.")).toBe("1 and 2");
    const [system] = model.requests[0]?.messages ?? [];
    expect(system && messageText(system)).toContain(
      "first: str\n    second: str\n\ndef final_answer(value: FinalAnswer)",
    );
  });
});

describe("an agent for Python", () => {
  it("gives tasks to a managed agent as to a function", async () => {
    const helper = pythonAgent([code("final_answer(add(20, numbers[0]))")], { name: "helper", description: "Adds." });
    const { agent, model } = pythonAgent([code("report = helper('Add.', {'numbers': [22]})\nfinal_answer(report)")], {
      managedAgents: [helper.agent],
    });
    await using _ = agent;
    expect(await agent.run("Go.")).toContain('Report of the agent "helper":\n42');
    const [system] = model.requests[0]?.messages ?? [];
    expect(system && messageText(system)).toContain(
      "def helper(task: str, additionalArgs: dict[str, Any] = ...) -> str:",
    );
  });

  it("reads code from the JSON of the structured form", async () => {
    const text = "total = add(a=1, b=2)\nfinal_answer(total)";
    const { agent, model } = pythonAgent([JSON.stringify({ thought: "Add.", code: text })], { structured: true });
    await using _ = agent;
    expect(await agent.run("Go.")).toBe(3);
    expect(model.requests[0]?.responseFormat).toMatchObject({ name: "code_step" });
  });

  it("plans with the declarations in view", async () => {
    const { agent, model } = pythonAgent(["### Plan\n1. Add.", code("final_answer(add(1, 2))")], {
      planningInterval: 1,
    });
    await using _ = agent;
    expect(await agent.run("Go.")).toBe(3);
    expect(lastText(model, 0)).toContain("def add(a: float, b: float) -> float:");
    model.assertDone();
  });
});
