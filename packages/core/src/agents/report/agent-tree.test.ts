import { describe, expect, it } from "vitest";
import { ScriptedModel } from "../../testing/scripted-model.ts";
import { tool } from "../../tool/define-tool.ts";
import { ToolCallingAgent } from "../tool-calling-agent.ts";
import { agentTree } from "./agent-tree.ts";

const add = tool({
  name: "add",
  description: "Adds two numbers.",
  input: {
    type: "object",
    properties: { a: { type: "number", description: "One." }, b: { type: "integer", default: 1 } },
    required: ["a"],
  },
  output: { type: "number" },
  execute: ({ a }) => Number(a),
});
const search = tool({ name: "search", description: "Looks\nfor \u001b[31mthings.", execute: () => "" });

describe("agentTree", () => {
  it("shows model, tools with parameters, and managed agents (case 34)", () => {
    const model = new ScriptedModel([], "small");
    const inner = new ToolCallingAgent({ model, tools: [search], name: "inner", description: "Searches." });
    const outer = new ToolCallingAgent({ model, name: "outer", description: "Asks.", managedAgents: [inner] });
    const agent = new ToolCallingAgent({ model, tools: [add], managedAgents: [outer, inner] });
    expect(agentTree(agent)).toMatchInlineSnapshot(`
      "ToolCallingAgent
      ├─ model small (scripted)
      ├─ tool add → number: Adds two numbers.
      │  ├─ a: number - One.
      │  └─ b?: number - @integer @default 1
      ├─ ToolCallingAgent outer: Asks.
      │  ├─ model small (scripted)
      │  └─ ToolCallingAgent inner: Searches.
      │     ├─ model small (scripted)
      │     └─ tool search: Looks for \\x1b[31mthings.
      └─ ToolCallingAgent inner: Searches.
         ├─ model small (scripted)
         └─ tool search: Looks for \\x1b[31mthings."
    `);
  });

  it("cuts what is long", () => {
    const model = new ScriptedModel([], "x".repeat(500));
    const lines = agentTree(new ToolCallingAgent({ model })).split("\n");
    expect(lines[1]).toBe(`└─ model ${"x".repeat(113)}…`);
  });
});
