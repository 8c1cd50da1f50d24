import { CodeAgent } from "@smoltools/core";
import { ScriptedModel } from "@smoltools/core/testing";
import { describe, expect, it } from "vitest";
import { add, bothKinds, sandbox, toolAgentOf } from "./agent-fixture.ts";

describe("names of managers and managed agents", () => {
  const worker = (name: string, tools = [add]) => toolAgentOf([], { name, description: "Works.", tools }).agent;
  const managerOf = (options: object): CodeAgent =>
    new CodeAgent({ model: new ScriptedModel([]), sandbox, tools: [add], ...options });

  it("must not be those of tools (case 10)", () => {
    expect(() => managerOf({ managedAgents: [worker("add", [])] })).toThrow('called "add"');
  });

  it("may be those of tools inside a managed agent (case 10)", () => {
    expect(() => managerOf({ tools: [], name: "add", managedAgents: [worker("worker", [add])] })).not.toThrow();
    expect(() => managerOf({ tools: [add], managedAgents: [worker("worker", [add])] })).not.toThrow();
  });

  it("must not be that of the manager's own tool (case 10)", () => {
    expect(() => managerOf({ name: "add" })).toThrow('called "add"');
  });

  it("must not be equal (case 10)", () => {
    expect(() => managerOf({ managedAgents: [worker("twin"), worker("twin")] })).toThrow('called "twin"');
    expect(() => managerOf({ name: "twin", managedAgents: [worker("twin")] })).toThrow('called "twin"');
  });

  it("that clash are all listed", () => {
    const twins = [worker("twin"), worker("twin")];
    expect(() => managerOf({ name: "add", managedAgents: twins })).toThrow(/"add".*"twin"|"twin".*"add"/);
  });

  it.each(["final_answer", "finalAnswer"])("of the team cannot be %s", (name) => {
    for (const kind of bothKinds) {
      expect(() => kind.make([], { managedAgents: [worker(name)] })).toThrow(/cannot be (used|called)/);
    }
  });

  it.each(["valid_name", "ValidName", "valid123", "_private"])("may be %s (case 67)", (name) => {
    expect(() => managerOf({ name })).not.toThrow();
  });

  it.each(["", "123invalid", "invalid-name", "invalid name", "invalid.name", "class", "def", "None", 5, null])(
    "cannot be %j (case 67)",
    (name) => {
      expect(() => managerOf({ name })).toThrow(/cannot be used|must be a text/);
    },
  );
});
