import { tool } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { actionsIn, bothKinds, textTool, toolAgentOf, nativeAnswer, nativeCalls } from "./agent-fixture.ts";

const megabyte = 1024 * 1024;
const huge = "x".repeat(50 * megabyte);
const input = { text: "a" };

const sizeOf = (value: unknown): number => JSON.stringify(value).length;

describe.each(bothKinds)("a $title", ({ title, make, calls, answer }) => {
  const call = calls({ name: "big", input });

  it("lives through a tool that returns a text of 50 MB, and tells the model little of it", async () => {
    const { agent, model } = make([call, answer("done")], { tools: [textTool("big", () => huge)] });
    await using _ = agent;
    expect(await agent.run("Go.")).toBe("done");
    expect(sizeOf(model.requests[1])).toBeLessThan(50_000);
    expect(sizeOf(agent.memory)).toBeLessThan(100_000);
  });

  it("lives through a tool that fails with a message of 50 MB, and keeps little of it", async () => {
    const failing = textTool("big", () => {
      throw new Error(huge);
    });
    const { agent, model } = make([call, answer("done")], { tools: [failing] });
    await using _ = agent;
    expect(await agent.run("Go.")).toBe("done");
    expect(sizeOf(model.requests[1])).toBeLessThan(100_000);
    expect(sizeOf(agent.memory)).toBeLessThan(megabyte);
  });

  it("cuts the middle out of a long result, and says so", async () => {
    const { agent } = make([call, answer(1)], { tools: [textTool("big", () => `begin${"x".repeat(40_000)}end`)] });
    await using _ = agent;
    await agent.run("Go.");
    const [step] = actionsIn(agent.memory);
    const told = step?.observation ?? step?.answers[0]?.text;
    expect(told).toMatch(/begin[\s\S]*characters left out[\s\S]*end/);
  });

  it.each([
    ["an array of bytes", new Uint8Array(50 * megabyte)],
    ["a buffer", Buffer.alloc(50 * megabyte)],
  ])("lives through %s of 50 MB, and says how long it is", async (_title, bytes) => {
    const { agent, model } = make([call, answer("done")], { tools: [textTool("big", () => bytes)] });
    await using _ = agent;
    expect(await agent.run("Go.")).toBe("done");
    expect(sizeOf(model.requests[1])).toBeLessThan(50_000);
    expect(JSON.stringify(model.requests[1])).toContain(String(50 * megabyte));
  });

  it("hands bytes from one tool to another as they are", async () => {
    const bytes = Uint8Array.of(1, 2, 3);
    const seen: unknown[] = [];
    const save = tool({
      name: "save",
      description: "Saves a file.",
      input: { type: "object", properties: { file: {} }, required: ["file"], additionalProperties: false },
      execute: ({ file }) => void seen.push(file),
    });
    const handle = title === "CodeAgent" ? { $media: "file_1" } : "file_1";
    const { agent } = make([call, calls({ name: "save", input: { file: handle } }), answer("done")], {
      tools: [textTool("big", () => bytes), save],
    });
    await using _ = agent;
    await agent.run("Go.");
    expect(seen).toEqual([bytes]);
  });

  it("lives through a result that contains itself many times", async () => {
    interface Node {
      parent: Node | undefined;
      children: Node[];
    }
    const nodeOf = (parent: Node | undefined, depth: number): Node => {
      const node: Node = { parent, children: [] };
      if (depth > 0) node.children = [nodeOf(node, depth - 1), nodeOf(node, depth - 1), nodeOf(node, depth - 1)];
      return node;
    };
    const tree = tool({ name: "tree", description: "Gives a tree.", execute: () => nodeOf(undefined, 5) });
    const { agent } = make([calls({ name: "tree", input: {} }), answer("done")], { tools: [tree] });
    await using _ = agent;
    expect(await agent.run("Go.")).toBe("done");
  });

  it("lives through a result that is nested very deeply", async () => {
    let deep: unknown = "bottom";
    for (let level = 0; level < 20_000; level++) deep = { deep };
    const { agent } = make([call, answer("done")], { tools: [textTool("big", () => deep)] });
    await using _ = agent;
    expect(await agent.run("Go.")).toBe("done");
  });
});

describe("a ToolCallingAgent", () => {
  it("tells the model little of very long arguments that it wrote itself", async () => {
    const long = "y".repeat(5 * megabyte);
    const { agent, model } = toolAgentOf([nativeCalls({ name: "add", input: { a: long, b: 1 } }), nativeAnswer(1)]);
    await agent.run("Go.");
    const told = (model.requests[1]?.messages ?? []).find(({ role }) => role === "tool");
    expect(sizeOf(told)).toBeLessThan(50_000);
  });
});
