import { describe, expect, it } from "vitest";
import type { AgentDefinition } from "./agent-definition.ts";
import type { AgentManifest } from "./agent-manifest.ts";
import { compareAgents } from "./compare-agents.ts";
import { packAgent } from "../pack/pack-agent.ts";

const base: AgentDefinition = {
  class: "CodeAgent",
  model: { provider: "openai", id: "m", settings: {} },
  tools: [],
  managedAgents: [],
  options: { name: "helper", approve: { hook: "approve" } },
};
const none = { net: [], env: [], read: [], write: [], run: [] };

function manifest(changes: Partial<AgentDefinition> = {}, permissions = {}): AgentManifest {
  const agent = { ...base, ...changes };
  const input = {
    name: "acme/a",
    version: "1.0.0",
    description: "A.",
    agent,
    permissions: { ...none, ...permissions },
  };
  return packAgent(input).manifest;
}

const options = (more: AgentDefinition["options"]): Partial<AgentDefinition> => ({
  options: { ...base.options, ...more },
});
const tool = { kind: "built-in" as const, name: "user_input", settings: {} };

describe("compareAgents", () => {
  it.each<[what: string, after: AgentManifest, bump: string, rules: string[]]>([
    ["nothing", manifest(), "none", []],
    ["instructions", manifest(options({ instructions: "x" })), "patch", ["content-changed"]],
    ["another model", manifest({ model: { provider: "openai", id: "n" } }), "minor", ["parts-changed"]],
    ["a tool", manifest({ tools: [tool] }), "minor", ["parts-changed"]],
    ["another class", manifest({ class: "ToolCallingAgent" }), "major", ["agent-class-changed", "content-changed"]],
    ["another name", manifest(options({ name: "other" })), "major", ["agent-name-changed", "content-changed"]],
    ["a function more", manifest(options({ stopWhen: { hook: "stop" } })), "major", ["hook-added", "content-changed"]],
    ["a function less", manifest({ options: { name: "helper" } }), "minor", ["hook-removed", "content-changed"]],
    ["a permission more", manifest({}, { net: ["a.example"] }), "major", ["permission-added", "content-changed"]],
    [
      "an answer of a form",
      manifest(options({ answerSchema: { type: "string" } })),
      "minor",
      ["output-narrowed", "content-changed"],
    ],
  ])("judges %s", (_what, after, bump, rules) => {
    const { bump: judged, findings } = compareAgents(manifest(), after);
    expect([judged, findings.map(({ rule }) => rule)]).toEqual([bump, rules]);
  });

  it("judges an answer of another form", () => {
    const before = manifest(options({ answerSchema: { type: "string" } }));
    expect(compareAgents(before, manifest(options({ answerSchema: { type: "number" } }))).bump).toBe("major");
    expect(compareAgents(before, manifest()).bump).toBe("major");
  });

  it("judges permissions that go as less", () => {
    expect(compareAgents(manifest({}, { net: ["a.example"] }), manifest()).findings[0]).toMatchObject({
      rule: "permission-removed",
      bump: "minor",
      before: "a.example",
    });
  });
});
