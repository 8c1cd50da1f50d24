import { type FinalAnswerCheck, MediaRef, tool } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import {
  actionsIn,
  add,
  agentOf,
  bothKinds,
  code,
  codeKind,
  conversation,
  kindsIn,
  lastText,
  nativeCalls,
  toolAgentOf,
  toolCallingKind,
} from "./agent-fixture.ts";

describe.each(bothKinds)("checks of the final answer of a $title", ({ make, answer }) => {
  it("that always fail let the run go on to its limit, and say why (case 20)", async () => {
    const never: FinalAnswerCheck = function never() {
      throw new Error("it is too short");
    };
    const { agent, model } = make([answer("a"), answer("b"), "c"], { finalAnswerChecks: [never], maxSteps: 2 });
    await using _ = agent;
    const { state } = await agent.run("Go.", { returnFullResult: true });
    expect(state).toBe("max-steps");
    expect(kindsIn(agent.memory)).toEqual(["task", "action", "action", "action"]);
    const [first] = actionsIn(agent.memory);
    expect(first?.error).toMatchObject({ code: "AGENT_CHECK_FAILED", endedRun: false });
    expect(first?.finalAnswer).toBeUndefined();
    expect(lastText(model.requests[1])).toMatch(/Check never failed with error: it is too short/);
  });

  it.each<[string, FinalAnswerCheck, string]>([
    ["false", () => false, "not as it has to be"],
    ["a text", () => "say please", "say please"],
    ["a promise of false", () => Promise.resolve(false), "not as it has to be"],
    ["a rejection", () => Promise.reject(new Error("say please")), "say please"],
  ])("give an answer back with %s", async (_title, check, told) => {
    let times = 0;
    const once: FinalAnswerCheck = (value, context) => {
      times += 1;
      return times === 1 ? check(value, context) : true;
    };
    const { agent, model } = make([answer("a"), answer("b")], { finalAnswerChecks: [once] });
    await using _ = agent;
    expect(await agent.run("Go.")).toBe("b");
    expect(lastText(model.requests[1])).toContain(told);
  });

  it.each<[string, FinalAnswerCheck]>([
    ["true", () => true],
    ["nothing", () => undefined],
    ["a promise of true", () => Promise.resolve(true)],
  ])("take an answer with %s", async (_title, check) => {
    const { agent } = make([answer("a")], { finalAnswerChecks: [check] });
    await using _ = agent;
    expect(await agent.run("Go.")).toBe("a");
  });

  it("are asked in order, up to the first that fails", async () => {
    const asked: string[] = [];
    const check =
      (name: string, verdict: boolean): FinalAnswerCheck =>
      () => {
        asked.push(name);
        return verdict;
      };
    const finalAnswerChecks = [check("one", true), check("two", false), check("three", true)];
    const { agent } = make([answer("a"), "b"], { finalAnswerChecks, maxSteps: 1 });
    await using _ = agent;
    await agent.run("Go.");
    expect(asked).toEqual(["one", "two"]);
  });

  it("see the answer, the memory and the step", async () => {
    const seen: unknown[] = [];
    const { agent } = make([answer({ a: 1 })], {
      finalAnswerChecks: [(value, { memory, step }) => void seen.push(value, memory, step.number)],
    });
    await using _ = agent;
    await agent.run("Go.");
    expect(seen).toEqual([{ a: 1 }, agent.memory, 1]);
  });

  it("that never end do not hold up an abort", async () => {
    const abort = new AbortController();
    const stuck: FinalAnswerCheck = () => {
      queueMicrotask(() => abort.abort(new Error("enough")));
      return new Promise(() => undefined);
    };
    const { agent } = make([answer(1)], { finalAnswerChecks: [stuck] });
    await using _ = agent;
    await expect(agent.run("Go.", { signal: abort.signal })).rejects.toThrow("enough");
    expect(actionsIn(agent.memory)[0]?.finalAnswer).toBeUndefined();
  });
});

describe.each(bothKinds)("the schema of the answer of a $title", ({ make, answer }) => {
  const answerSchema = {
    type: "object",
    properties: { city: { type: "string" }, degrees: { type: "number" } },
    required: ["city", "degrees"],
    additionalProperties: false,
  } as const;

  it("is shown to the model", async () => {
    const { agent, model } = make([answer({ city: "Oslo", degrees: 3 })], { answerSchema });
    await using _ = agent;
    expect(await agent.run("Go.")).toEqual({ city: "Oslo", degrees: 3 });
    expect(JSON.stringify(model.requests[0])).toMatch(/city[\s\S]*degrees/);
  });

  it("gives an answer back that does not fit", async () => {
    const { agent, model } = make([answer({ city: "Oslo" }), answer({ city: "Oslo", degrees: 3 })], { answerSchema });
    await using _ = agent;
    expect(await agent.run("Go.")).toEqual({ city: "Oslo", degrees: 3 });
    expect(lastText(model.requests[1])).toContain("degrees");
    expect(actionsIn(agent.memory)[0]?.error).toBeDefined();
  });

  it("may refer to its own definitions", async () => {
    const referring = {
      $defs: { city: { type: "string", minLength: 2 } },
      type: "array",
      items: { $ref: "#/$defs/city" },
    } as const;
    const { agent } = make([answer(["x"]), answer(["Oslo", "Rome"])], { answerSchema: referring });
    await using _ = agent;
    expect(await agent.run("Go.")).toEqual(["Oslo", "Rome"]);
  });

  it("that is no schema is refused at once", () => {
    expect(() => make([], { answerSchema: { type: "no such type" } as never })).toThrow("answerSchema");
  });
});

describe("a tool for the final answer", () => {
  const joining = tool({
    name: "final_answer",
    description: "Joins two answers.",
    input: {
      type: "object",
      properties: { one: { type: "string" }, two: { type: "string" } },
      required: ["one", "two"],
      additionalProperties: false,
    },
    execute: ({ one, two }) => `${String(one)} and ${String(two)}`,
  });

  it("of the caller makes the result of what the model calls it with (case 17)", async () => {
    const call = nativeCalls({ name: "final_answer", input: { one: "1", two: "2" } });
    const { agent, model } = toolAgentOf([call], { tools: [add, joining] });
    expect(await agent.run("Go.")).toBe("1 and 2");
    expect(model.requests[0]?.tools?.map(({ name }) => name)).toEqual(["add", "final_answer"]);
  });

  it("of the caller makes the result of what the code gives it (case 17)", async () => {
    const { agent } = agentOf([code('finalAnswer({ one: "1", two: "2" })')], { tools: [joining] });
    await using _ = agent;
    expect(await agent.run("Go.")).toBe("1 and 2");
  });

  it.each([
    [codeKind, code('finalAnswer({ one: "1" })'), code('finalAnswer({ one: "1", two: "2" })')],
    [
      toolCallingKind,
      nativeCalls({ name: "final_answer", input: { one: "1" } }),
      nativeCalls({ name: "final_answer", input: { one: "1", two: "2" } }),
    ],
  ])("is told to a model of a $title that calls it wrongly, and the run goes on", async ({ make }, wrong, right) => {
    const { agent, model } = make([wrong, right], { tools: [joining] });
    await using _ = agent;
    expect(await agent.run("Go.")).toBe("1 and 2");
    expect(JSON.stringify(conversation(model.requests[1]))).toContain("two");
  });

  it.each(bothKinds)("that throws is told to a model of a $title", async ({ title, make, answer }) => {
    let times = 0;
    const moody = tool({
      name: "final_answer",
      description: "Answers in the end.",
      input: { type: "object", properties: { answer: {} }, required: ["answer"] },
      execute: ({ answer: given }) => {
        times += 1;
        if (times === 1) throw new Error("not in the mood");
        return `${title} says ${String(given)}`;
      },
    });
    const { agent, model } = make([answer("a"), answer("b")], { tools: [moody] });
    await using _ = agent;
    expect(await agent.run("Go.")).toBe(`${title} says b`);
    expect(JSON.stringify(conversation(model.requests[1]))).toContain("not in the mood");
  });

  it.each(bothKinds)("may make an image of the answer of a $title", async ({ make, answer }) => {
    const picture = MediaRef.fromBytes(Uint8Array.of(1), { mediaType: "image/png" });
    const draw = tool({
      name: "final_answer",
      description: "Draws the answer.",
      input: { type: "object", properties: { answer: {} }, required: ["answer"] },
      execute: () => picture,
    });
    const { agent } = make([answer("a ship")], { tools: [draw] });
    await using _ = agent;
    expect(await agent.run("Go.")).toBe(picture);
  });
});

describe.each(bothKinds)("the answer of a $title", ({ make, answer }) => {
  it.each([[null], [false], [0], [""], [[]], [{}], ["line\nbreak and ```"], [{ deep: [{ a: null }] }]])(
    "can be %j",
    async (value) => {
      const { agent } = make([answer(value)]);
      await using _ = agent;
      expect(await agent.run("Go.")).toEqual(value);
    },
  );
});
