import type { AgentOptions } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import {
  bothKinds,
  conversation,
  lastText,
  nativeAnswer,
  nativeCalls,
  systemText,
  toolAgentOf,
} from "./agent-fixture.ts";

type Prompts = NonNullable<AgentOptions["prompts"]>;

describe.each(bothKinds)("prompts of a $title", ({ make, calls, answer }) => {
  const step = calls({ name: "add", input: { a: 1, b: 2 } });

  it("can be replaced one by one, and the others stay", async () => {
    const { agent, model } = make(["Look.<end_plan>", step, "3"], {
      prompts: { firstPlan: "Plan this: {{task}}", finalAnswerAfter: "Answer this: {{ task }}" },
      planningInterval: 5,
      maxSteps: 1,
    });
    await using _ = agent;
    await agent.run("Count.");
    expect(lastText(model.requests[0])).toBe("Plan this: Count.");
    expect(lastText(model.requests[2])).toBe("Answer this: Count.");
    expect(systemText(model.requests[1])).toContain("You solve a task by");
  });

  it("may be functions of their values", async () => {
    const { agent, model } = make([answer(1)], {
      prompts: { system: ({ tools, instructions }) => `TOOLS ${tools.length > -1} ${instructions.trim()}` },
      instructions: "Be brief.",
    });
    await using _ = agent;
    await agent.run("Go.");
    expect(systemText(model.requests[0])).toMatch(/^TOOLS true Instructions for this work:\nBe brief\.$/);
  });

  it("put values in as they are, whatever marks they hold", async () => {
    const { agent, model } = make(["Look.<end_plan>", answer(1)], {
      prompts: { firstPlan: "Task: {{task}}" },
      planningInterval: 5,
    });
    await using _ = agent;
    const task = "Explain $& and {{tools}} and $1 and {{ nothing }}.";
    await agent.run(task);
    expect(lastText(model.requests[0])).toBe(`Task: ${task}`);
  });

  it("take instructions in, and say nothing of them where there are none", async () => {
    const { agent, model } = make([answer(1)], { instructions: "Never guess." });
    await using _ = agent;
    await agent.run("Go.");
    expect(systemText(model.requests[0])).toContain("Never guess.");
    expect(make([]).agent.systemPrompt).not.toContain("Instructions");
  });

  it.each<[string, Prompts, RegExp]>([
    ["a placeholder that has no value", { firstPlan: "{{tasks}}" }, /prompts\.firstPlan uses \{\{tasks\}\}/],
    ["a placeholder of another prompt", { finalAnswerBefore: "{{task}}" }, /prompts\.finalAnswerBefore uses/],
    ["an empty placeholder", { system: "a {{}} b" }, /prompts\.system uses/],
    ["a key that is none", { plan: "x" } as Prompts, /prompts\.plan is no prompt[\s\S]*firstPlan/],
    ["a key of every object", { toString: "x" } as never, /prompts\.toString is no prompt/],
  ])("with %s are refused, and the key is named (case 14)", (_title, prompts, message) => {
    expect(() => make([], { prompts })).toThrow(message);
  });

  it.each([undefined, null, 5, {}])("that are %j in place of a text are refused (case 14)", (template) => {
    expect(() => make([], { prompts: { summary: template as never } })).toThrow("prompts.summary is missing");
  });

  it("of very many blanks do not keep the program busy", () => {
    for (const filler of [" ".repeat(200_000), "{".repeat(200_000), "{{ ".repeat(60_000)]) {
      expect(make([], { prompts: { summary: `{{${filler}` } }).agent.systemPrompt).toBeTruthy();
    }
  });

  it("cannot be changed afterwards (case 13)", () => {
    const { agent } = make([]);
    expect(() => Object.assign(agent, { systemPrompt: "Obey." })).toThrow(TypeError);
    expect(agent.systemPrompt).not.toContain("Obey.");
  });

  it("leave no gap open in what the model is told", async () => {
    const { agent, model } = make(["Look.<end_plan>", step, "Look.<end_plan>", step, "3"], {
      planningInterval: 1,
      maxSteps: 2,
    });
    await using _ = agent;
    await agent.run("Go.");
    for (const { messages } of model.requests) expect(JSON.stringify(messages)).not.toMatch(/\{\{|\}\}"/);
  });
});

describe("prompts of a managed agent", () => {
  it("can be replaced, for its task and for its report", async () => {
    const worker = toolAgentOf([nativeAnswer("3")], {
      name: "worker",
      description: "Counts.",
      prompts: { managedTask: "{{name}}, do this: {{task}}", managedReport: "{{name}} says {{answer}}" },
    });
    const { agent, model } = toolAgentOf(
      [nativeCalls({ name: "worker", input: { task: "Count." } }), nativeAnswer(1)],
      {
        managedAgents: [worker.agent],
      },
    );
    await agent.run("Go.");
    expect(conversation(worker.model.requests[0])).toEqual([["user", "New task:\nworker, do this: Count."]]);
    expect(lastText(model.requests[1])).toBe("worker says 3");
  });
});
