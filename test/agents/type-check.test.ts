import { typeCheck } from "@smoltools/adapters/type-check";
import { ActionStep, messageText, tool } from "@smoltools/core";
import { ScriptedModel } from "@smoltools/core/testing";
import { CodeAgent } from "smoltools";
import { describe, expect, it } from "vitest";
import { add, agentOf, code } from "./agent-fixture.ts";

const checker = typeCheck({ timeoutMs: 15_000 });

const lookup = tool({
  name: "lookup",
  description: "Looks something up.",
  input: { type: "object", properties: { key: { type: "string" } }, required: ["key"], additionalProperties: false },
  output: { type: "object", properties: { name: { type: "string" } }, required: ["name"] },
  execute: ({ key }) => ({ name: key, extra: 3 }),
});

describe("an agent with a type check", () => {
  it("runs nothing of code that would fail, and tells the model why and where", async () => {
    let calls = 0;
    const spy = tool({ name: "spy", description: "Notes that it was called.", execute: () => (calls += 1) });
    const bad = code("await spy();\nawait add('one', 2)");
    const { agent, model } = agentOf([bad, code("finalAnswer(await add(1, 2))")], {
      tools: [add, spy],
      typeCheck: checker,
    });
    await using _ = agent;
    expect(await agent.run("Go.")).toBe(3);
    expect(calls).toBe(0);
    const told = model.requests[1]?.messages.at(-1);
    expect(told && messageText(told)).toMatch(/AGENT_TYPE_ERROR[\s\S]*TS2345[\s\S]*at line 2, column 11: await add/);
    const [, , first] = agent.memory.steps;
    expect(first instanceof ActionStep && first.code).toBeUndefined();
  });

  it("knows the variables of earlier steps, and that they are gone with the engine", async () => {
    const script = [
      code("const found = await lookup('a'); const count = 1"),
      code("count.toUpperCase()"),
      code("finalAnswer(found.name)"),
    ];
    const { agent } = agentOf(script, { tools: [lookup], typeCheck: checker });
    await using _ = agent;
    const result = await agent.run("Go.", { returnFullResult: true });
    expect(result.output).toBe("a");
    expect(result.steps[1]?.error?.code).toBe("AGENT_TYPE_ERROR");
  });

  it("runs code on which the model insists", async () => {
    const insisted = code("finalAnswer(typeof nothingOfThatName === 'undefined' ? await add('4', 5) : 0)");
    const { agent } = agentOf([insisted, insisted, code("finalAnswer(9)")], { typeCheck: checker });
    await using _ = agent;
    const result = await agent.run("Go.", { returnFullResult: true });
    expect(result.steps.map(({ error }) => error?.code)).toEqual(["AGENT_TYPE_ERROR", "SANDBOX_EXCEPTION", undefined]);
  });

  it("lets keys pass that the schema of a result does not forbid", async () => {
    const { agent } = agentOf([code("finalAnswer((await lookup('a')).extra)")], {
      tools: [lookup],
      typeCheck: checker,
    });
    await using _ = agent;
    expect(await agent.run("Go.")).toBe(3);
  });

  it("has one by default in smoltools, which can be turned off", async () => {
    const script = [code("await add('4', 5)"), code("finalAnswer(1)")];
    const codes: unknown[] = [];
    for (const options of [{}, { typeCheck: false } as const]) {
      await using agent = new CodeAgent({ model: new ScriptedModel(script), tools: [add], ...options });
      const { steps } = await agent.run("Go.", { returnFullResult: true });
      codes.push(steps[0]?.error?.code);
    }
    expect(codes).toEqual(["AGENT_TYPE_ERROR", "SANDBOX_EXCEPTION"]);
  });
});
