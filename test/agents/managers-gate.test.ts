import { type Approve, type BeforeToolCall, CodeAgent, ToolCallingAgent } from "@smoltools/core";
import { ScriptedModel } from "@smoltools/core/testing";
import { describe, expect, it } from "vitest";
import {
  code,
  conversation,
  nativeAnswer,
  nativeCalls,
  rejectionOf,
  sandbox,
  textTool,
  toolAgentOf,
} from "./agent-fixture.ts";

/** A tool that notes what it was called with. */
function sender(): { sent: string[]; send: ReturnType<typeof textTool> } {
  const sent: string[] = [];
  return { sent, send: textTool("send", (text) => void sent.push(text)) };
}

const fault = (): never => {
  throw new Error("my fault");
};

describe("the gate of a manager", () => {
  const manage = (gate: { beforeToolCall?: BeforeToolCall; needsApproval?: string[]; approve?: Approve }) => {
    const { sent, send } = sender();
    const worker = toolAgentOf([nativeCalls({ name: "send", input: { text: "hi" } }), nativeAnswer("worked")], {
      name: "worker",
      description: "Works.",
      tools: [send],
      beforeToolCall: ({ input }) => ({ action: "allow", input: { text: `${JSON.stringify(input)} (own)` } }),
    });
    const manager = new CodeAgent({
      model: new ScriptedModel([code("finalAnswer(await worker('Do it.'))")]),
      sandbox,
      name: "boss",
      managedAgents: [worker.agent],
      ...gate,
    });
    return { sent, worker, manager };
  };

  it("holds for the tools of a managed agent, before the agent's own", async () => {
    const seen: unknown[] = [];
    const { sent, manager } = manage({
      beforeToolCall: ({ agent, tool, input }) => void seen.push([agent, tool.name, tool.name === "send" && input]),
    });
    await using _ = manager;
    await manager.run("Go.");
    expect(seen).toEqual([
      ["boss", "worker", false],
      ["worker", "send", { text: "hi" }],
    ]);
    expect(sent).toEqual(['{"text":"hi"} (own)']);
  });

  it("can deny a call of a managed agent, whose model is told", async () => {
    const { sent, worker, manager } = manage({ needsApproval: ["send"], approve: () => false });
    await using _ = manager;
    expect(await manager.run("Go.")).toContain("worked");
    expect(sent).toEqual([]);
    expect(JSON.stringify(conversation(worker.model.requests[1]))).toContain("a person refused it");
  });

  it("can keep an agent from being called at all", async () => {
    const { worker, manager } = manage({ needsApproval: ["worker"], approve: () => false });
    await using _ = manager;
    await rejectionOf(manager.run("Go.", { maxSteps: 1 }));
    expect(worker.model.requests).toEqual([]);
  });

  it("ends all runs when it throws", async () => {
    const { sent, manager } = manage({ beforeToolCall: ({ tool }) => void (tool.name === "send" && fault()) });
    await using _ = manager;
    expect(await rejectionOf(manager.run("Go."))).toMatchObject({ code: "AGENT_CALLBACK_FAILED" });
    expect(sent).toEqual([]);
  });

  it("holds on every level", async () => {
    const { sent, send } = sender();
    const inner = toolAgentOf([nativeCalls({ name: "send", input: { text: "x" } }), nativeAnswer(1)], {
      name: "inner",
      description: "Sends.",
      tools: [send],
    });
    const middle = toolAgentOf([nativeCalls({ name: "inner", input: { task: "Send." } }), nativeAnswer(1)], {
      name: "middle",
      description: "Passes on.",
      tools: [],
      managedAgents: [inner.agent],
    });
    const outer = new ToolCallingAgent({
      model: new ScriptedModel([nativeCalls({ name: "middle", input: { task: "Send." } }), nativeAnswer(1)]),
      managedAgents: [middle.agent],
      needsApproval: ["send"],
      approve: ({ agent }) => agent !== "inner",
    });
    await outer.run("Go.");
    expect(sent).toEqual([]);
  });
});
