import type { Approve, BeforeToolCall, PendingCall } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import {
  actionsIn,
  add,
  agentOf,
  bothKinds,
  code,
  codeKind,
  conversation,
  rejectionOf,
  textTool,
  toolCallingKind,
} from "./agent-fixture.ts";

/** A tool that notes what it was called with. */
function sender(): { sent: string[]; send: ReturnType<typeof textTool> } {
  const sent: string[] = [];
  return { sent, send: textTool("send", (text) => void sent.push(text)) };
}

const fault = (): never => {
  throw new Error("my fault");
};

describe.each(bothKinds)("a hook before the calls of a $title", ({ make, calls, answer }) => {
  const step = calls({ name: "send", input: { text: "hello" } });

  it("is told the call, its tool, its step and who wants it", async () => {
    const { send } = sender();
    const seen: PendingCall[] = [];
    const { agent } = make([step, answer(1)], {
      name: "clerk",
      tools: [send],
      beforeToolCall: (call) => void seen.push(call),
    });
    await using _ = agent;
    await agent.run("Go.");
    expect(seen).toMatchObject([
      { id: "call_1_1", step: 1, agent: "clerk", tool: { name: "send" }, input: { text: "hello" } },
    ]);
  });

  it.each<[string, BeforeToolCall]>([
    ["nothing", () => undefined],
    ["allow", () => ({ action: "allow" })],
    ["a promise of allow", () => Promise.resolve({ action: "allow" })],
  ])("that says %s lets the call happen as it is", async (_title, beforeToolCall) => {
    const { sent, send } = sender();
    const { agent } = make([step, answer(1)], { tools: [send], beforeToolCall });
    await using _ = agent;
    await agent.run("Go.");
    expect(sent).toEqual(["hello"]);
  });

  it("can change the arguments, which are then those on record", async () => {
    const { sent, send } = sender();
    const { agent } = make([step, answer(1)], {
      tools: [send],
      beforeToolCall: () => ({ action: "allow", input: { text: "changed" } }),
    });
    await using _ = agent;
    await agent.run("Go.");
    expect(sent).toEqual(["changed"]);
    expect(actionsIn(agent.memory)[0]?.toolCalls).toMatchObject([{ tool: "send", input: { text: "changed" } }]);
  });

  it("cannot make the tool run with arguments that do not fit", async () => {
    const { sent, send } = sender();
    const { agent } = make([step, answer(1)], {
      tools: [send],
      beforeToolCall: () => ({ action: "allow", input: { text: 5 } }),
    });
    await using _ = agent;
    await agent.run("Go.");
    expect(sent).toEqual([]);
    expect(actionsIn(agent.memory)[0]?.toolCalls[0]?.error).toContain("wrong arguments");
  });

  it("can deny the call, and the model is told why", async () => {
    const { sent, send } = sender();
    const { agent, model } = make([step, answer(1)], {
      tools: [send],
      beforeToolCall: () => ({ action: "deny", reason: "not on Sundays" }),
    });
    await using _ = agent;
    expect(await agent.run("Go.")).toBe(1);
    expect(sent).toEqual([]);
    expect(JSON.stringify(conversation(model.requests[1]))).toMatch(/call of send was not allowed: not on Sundays/);
  });

  it("can have a person asked, with a question of its own", async () => {
    const { sent, send } = sender();
    const asked: unknown[] = [];
    const { agent } = make([step, answer(1)], {
      tools: [send],
      beforeToolCall: () => ({ action: "ask", question: "Shall it greet?" }),
      approve: ({ question, input }) => {
        asked.push(question, input);
        return true;
      },
    });
    await using _ = agent;
    await agent.run("Go.");
    expect(asked).toEqual(["Shall it greet?", { text: "hello" }]);
    expect(sent).toEqual(["hello"]);
  });

  it("that wants a person asked where there is none denies the call", async () => {
    const { sent, send } = sender();
    const { agent, model } = make([step, answer(1)], { tools: [send], beforeToolCall: () => ({ action: "ask" }) });
    await using _ = agent;
    await agent.run("Go.");
    expect(sent).toEqual([]);
    expect(JSON.stringify(conversation(model.requests[1]))).toContain("nobody can be asked");
  });

  it.each<[string, BeforeToolCall]>([
    ["throws", fault],
    ["rejects", () => Promise.reject(new Error("my fault"))],
  ])("that %s ends the run, and the call does not happen", async (_title, beforeToolCall) => {
    const { sent, send } = sender();
    const { agent } = make([step, answer(1)], { tools: [send], beforeToolCall });
    await using _ = agent;
    const error = await rejectionOf(agent.run("Go."));
    expect(error).toMatchObject({ code: "AGENT_CALLBACK_FAILED", cause: { message: "my fault" } });
    expect(sent).toEqual([]);
  });

  it.each([true, "deny", { action: "block" }, {}, { allow: true }])(
    "that says %j, which means nothing, does not let the call happen",
    async (said) => {
      const { sent, send } = sender();
      const { agent } = make([step, answer(1)], { tools: [send], beforeToolCall: (() => said) as never });
      await using _ = agent;
      expect(await rejectionOf(agent.run("Go."))).toMatchObject({ code: "AGENT_CALLBACK_FAILED" });
      expect(sent).toEqual([]);
    },
  );
});

describe.each(bothKinds)("approval of the calls of a $title", ({ make, calls, answer }) => {
  const step = calls({ name: "send", input: { text: "hello" } });

  it("is asked for the tools of the list only", async () => {
    const { sent, send } = sender();
    const asked: string[] = [];
    const { agent } = make([calls({ name: "add", input: { a: 1, b: 2 } }), step, answer(1)], {
      tools: [add, send],
      needsApproval: ["send"],
      approve: ({ tool }) => asked.push(tool.name) > 0,
    });
    await using _ = agent;
    await agent.run("Go.");
    expect(asked).toEqual(["send"]);
    expect(sent).toEqual(["hello"]);
  });

  it("is asked for the calls that a function picks", async () => {
    const { send } = sender();
    const asked: unknown[] = [];
    const { agent } = make([step, calls({ name: "send", input: { text: "long text" } }), answer(1)], {
      tools: [send],
      needsApproval: ({ input }) => JSON.stringify(input).length > 18,
      approve: ({ input }) => asked.push(input) > 0,
    });
    await using _ = agent;
    await agent.run("Go.");
    expect(asked).toEqual([{ text: "long text" }]);
  });

  it.each<[string, Approve, string]>([
    ["false", () => false, "a person refused it"],
    ["a refusal with a reason", () => ({ approved: false, reason: "too loud" }), "too loud"],
    ["a promise of false", () => Promise.resolve(false), "a person refused it"],
  ])("that is refused by %s is told to the model", async (_title, approve, told) => {
    const { sent, send } = sender();
    const { agent, model } = make([step, answer(1)], { tools: [send], needsApproval: ["send"], approve });
    await using _ = agent;
    expect(await agent.run("Go.")).toBe(1);
    expect(sent).toEqual([]);
    expect(JSON.stringify(conversation(model.requests[1]))).toContain(told);
  });

  it("may change the arguments", async () => {
    const { sent, send } = sender();
    const { agent } = make([step, answer(1)], {
      tools: [send],
      needsApproval: ["send"],
      approve: () => ({ approved: true, input: { text: "softer" } }),
    });
    await using _ = agent;
    await agent.run("Go.");
    expect(sent).toEqual(["softer"]);
  });

  it("is asked for what a hook allowed, with the arguments that the hook gave", async () => {
    const { send } = sender();
    const asked: unknown[] = [];
    const { agent } = make([step, answer(1)], {
      tools: [send],
      beforeToolCall: () => ({ action: "allow", input: { text: "changed" } }),
      needsApproval: ["send"],
      approve: ({ input }) => asked.push(input) > 0,
    });
    await using _ = agent;
    await agent.run("Go.");
    expect(asked).toEqual([{ text: "changed" }]);
  });

  it.each<[string, Approve]>([
    ["throws", fault],
    ["answers with nothing", (() => undefined) as never],
    ["answers with null", (() => null) as never],
    ["answers with a text", (() => "yes") as never],
  ])("of somebody who %s ends the run, and the call does not happen", async (_title, approve) => {
    const { sent, send } = sender();
    const { agent } = make([step, answer(1)], { tools: [send], needsApproval: ["send"], approve });
    await using _ = agent;
    expect(await rejectionOf(agent.run("Go."))).toMatchObject({ code: "AGENT_CALLBACK_FAILED" });
    expect(sent).toEqual([]);
  });

  it("picked by a function that throws ends the run", async () => {
    const { sent, send } = sender();
    const { agent } = make([step, answer(1)], { tools: [send], needsApproval: fault, approve: () => true });
    await using _ = agent;
    expect(await rejectionOf(agent.run("Go."))).toMatchObject({ code: "AGENT_CALLBACK_FAILED" });
    expect(sent).toEqual([]);
  });

  it("that nobody gives does not hold up an abort", async () => {
    const { sent, send } = sender();
    const abort = new AbortController();
    const approve: Approve = () => {
      queueMicrotask(() => abort.abort(new Error("enough")));
      return new Promise(() => undefined);
    };
    const { agent } = make([step], { tools: [send], needsApproval: ["send"], approve });
    await using _ = agent;
    await expect(agent.run("Go.", { signal: abort.signal })).rejects.toThrow("enough");
    expect(sent).toEqual([]);
  });

  it("that comes after the abort does not let the call happen", async () => {
    const { sent, send } = sender();
    const abort = new AbortController();
    const approve: Approve = () => {
      abort.abort(new Error("enough"));
      return true;
    };
    const { agent } = make([step], { tools: [send], needsApproval: ["send"], approve });
    await using _ = agent;
    await expect(agent.run("Go.", { signal: abort.signal })).rejects.toThrow("enough");
    await new Promise((resolve) => setImmediate(resolve));
    expect(sent).toEqual([]);
  });

  it("is told when nobody waits for it any more", async () => {
    const { send } = sender();
    const reasons: unknown[] = [];
    const approve: Approve = (_call, { signal }) =>
      new Promise(() => signal.addEventListener("abort", () => reasons.push(signal.reason)));
    const { agent } = make([step, answer(1)], { tools: [send], needsApproval: ["send"], approve });
    for await (const event of agent.stream("Go.")) if (event.type === "tool-call") break;
    await agent.dispose();
    await expect.poll(() => reasons).toHaveLength(1);
  });

  it("needs somebody to ask", () => {
    expect(() => make([], { needsApproval: ["add"] })).toThrow("nobody to ask");
  });
});

describe("approval in running code", () => {
  it("may take longer than the time limit of the code", async () => {
    const { sent, send } = sender();
    const approve: Approve = async () => {
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      return true;
    };
    const { agent } = agentOf([code("await send('hello'); finalAnswer('sent')")], {
      tools: [send],
      needsApproval: ["send"],
      approve,
      limits: { timeoutMs: 1_500 },
    });
    await using _ = agent;
    expect(await agent.run("Go.", { maxSteps: 1 })).toBe("sent");
    expect(sent).toEqual(["hello"]);
  });

  it("that is refused can be caught by the code", async () => {
    const { send } = sender();
    const { agent } = agentOf([code("try { await send('a') } catch (e) { finalAnswer(e.message) }")], {
      tools: [send],
      beforeToolCall: () => ({ action: "deny", reason: "no" }),
    });
    await using _ = agent;
    expect(await agent.run("Go.")).toContain("was not allowed: no");
  });

  it("of one call does not hold up another", async () => {
    const { sent, send } = sender();
    let let1: (approved: boolean) => void = () => undefined;
    const first = new Promise<boolean>((resolve) => (let1 = resolve));
    const noting = textTool("note", (text) => {
      sent.push(text);
      let1(true);
    });
    const { agent } = agentOf([code("await Promise.all([send('late'), note('early')]); finalAnswer(1)")], {
      tools: [send, noting],
      needsApproval: ["send"],
      approve: () => first,
    });
    await using _ = agent;
    await agent.run("Go.");
    expect(sent).toEqual(["early", "late"]);
  });
});

describe("several calls at once", () => {
  it.each([codeKind, toolCallingKind])("are each asked for in a $title", async ({ make, calls, answer }) => {
    const { sent, send } = sender();
    const inputs = ["a", "b", "c"].map((text) => ({ name: "send", input: { text } }));
    const { agent } = make([calls(...inputs), answer(1)], {
      tools: [send],
      needsApproval: ["send"],
      approve: ({ input }) => JSON.stringify(input).includes('"b"'),
    });
    await using _ = agent;
    await agent.run("Go.");
    expect(sent).toEqual(["b"]);
  });
});
