import type { ModelRequest, ModelTool } from "@smoltools/core";
import { messageText, textMessage } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { planOf } from "./request-plan.ts";

const toolOf = (name: string): ModelTool => ({ name, description: "d", inputSchema: { type: "object" } });
const messages = [textMessage("system", "s"), textMessage("user", "u")];
const responseFormat = { name: "n", schema: { type: "object" } } as const;
const plan = (request: Partial<ModelRequest>) => planOf({ messages, ...request });

describe("planOf", () => {
  it.each<[string, Partial<ModelRequest>, string]>([
    ["no tools", {}, "text"],
    ["an empty list of tools", { tools: [] }, "text"],
    ["tools", { tools: [toolOf("f")] }, "functions"],
    ["tools that must not be called", { tools: [toolOf("f")], toolChoice: "none" }, "text"],
    ["tools of which one must be called", { tools: [toolOf("f"), toolOf("g")], toolChoice: "required" }, "call"],
    ["a tool that must be called", { tools: [toolOf("f"), toolOf("g")], toolChoice: { name: "g" } }, "call"],
    ["a form of the answer", { responseFormat }, "json"],
    ["a form, and tools that must not be called", { responseFormat, tools: [toolOf("f")], toolChoice: "none" }, "json"],
  ])("for %s", (_, request, kind) => {
    expect(plan(request).kind).toBe(kind);
  });

  it("describes only the tool that must be called, behind the system's message", () => {
    const { messages: said } = plan({ tools: [toolOf("f"), toolOf("g")], toolChoice: { name: "g" } });
    expect(said.map(({ role }) => role)).toEqual(["system", "system", "user"]);
    expect(messageText(said[1] ?? textMessage("user", ""))).toContain('{"name":"g"');
    expect(messageText(said[1] ?? textMessage("user", ""))).not.toContain('{"name":"f"');
  });

  it.each<[string, Partial<ModelRequest>]>([
    ["tools and a form of the answer", { tools: [toolOf("f")], responseFormat }],
    ["a tool that is not there", { tools: [toolOf("f")], toolChoice: { name: "g" } }],
  ])("refuses %s", (_, request) => {
    expect(() => plan(request)).toThrow(expect.objectContaining({ code: "MODEL_BAD_REQUEST" }));
  });
});
