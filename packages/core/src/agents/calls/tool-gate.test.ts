import { describe, expect, it } from "vitest";
import { passGates, type PendingCall, type ToolGate } from "./tool-gate.ts";

const declaration = { name: "send", description: "Sends.", inputSchema: { type: "object" } } as const;
const call: PendingCall = { id: "call_1_1", step: 1, agent: undefined, tool: declaration, input: { to: "a" } };
const { signal } = new AbortController();

const adding = (mark: string): ToolGate => ({
  beforeToolCall: ({ input }) => ({ action: "allow", input: { ...(input as object), [mark]: true } }),
});

describe("gates", () => {
  it("that say nothing let the input pass as it is", async () => {
    expect(await passGates([{}, { beforeToolCall: () => undefined }], call, { signal })).toBe(call.input);
  });

  it("that are none let everything pass", async () => {
    expect(await passGates([], call, { signal })).toBe(call.input);
  });

  it("are passed in order, each with what the one before made of the input", async () => {
    const seen: unknown[] = [];
    const watching: ToolGate = { beforeToolCall: ({ input }) => void seen.push(input) };
    const input = await passGates([adding("one"), watching, adding("two")], call, { signal });
    expect(seen).toEqual([{ to: "a", one: true }]);
    expect(input).toEqual({ to: "a", one: true, two: true });
  });

  it("behind one that denies are not asked", async () => {
    const asked: string[] = [];
    const gates: ToolGate[] = [
      { beforeToolCall: () => ({ action: "deny", reason: "no" }) },
      { beforeToolCall: () => void asked.push("second") },
    ];
    await expect(passGates(gates, call, { signal })).rejects.toMatchObject({ code: "AGENT_CALL_DENIED" });
    expect(asked).toEqual([]);
  });

  it("can each want a person asked", async () => {
    const asked: string[] = [];
    const gate = (name: string): ToolGate => ({ needsApproval: ["send"], approve: () => asked.push(name) > 0 });
    await passGates([gate("outer"), gate("inner")], call, { signal });
    expect(asked).toEqual(["outer", "inner"]);
  });

  it("do not open when needsApproval forgets to answer", async () => {
    const gate: ToolGate = { needsApproval: (() => undefined) as never, approve: () => true };
    await expect(passGates([gate], call, { signal })).rejects.toMatchObject({
      code: "AGENT_CALLBACK_FAILED",
      message: expect.stringContaining("needsApproval returned neither true nor false"),
    });
  });

  it("may set the input to nothing on purpose", async () => {
    const gate: ToolGate = { beforeToolCall: () => ({ action: "allow", input: undefined }) };
    expect(await passGates([gate], call, { signal })).toBeUndefined();
  });

  it("ask nobody once the run is over", async () => {
    const over = new AbortController();
    const asked: string[] = [];
    const gate: ToolGate = {
      beforeToolCall: () => {
        over.abort(new Error("over"));
        return { action: "ask" };
      },
      approve: () => asked.push("person") > 0,
    };
    await expect(passGates([gate], call, { signal: over.signal })).rejects.toThrow("over");
    expect(asked).toEqual([]);
  });
});
