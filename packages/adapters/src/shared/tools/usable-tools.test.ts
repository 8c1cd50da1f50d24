import { tool, type ToolSourceError } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { AdapterError } from "../adapter-error.ts";
import { type SourceItem, usableTools } from "./usable-tools.ts";

const good: SourceItem = { name: "good-one", make: (name) => tool({ name, description: "Does.", execute: () => 1 }) };
const bad: SourceItem = {
  name: "bad",
  make: () => {
    throw new Error("no schema");
  },
};

describe("the tools of a source", () => {
  it("are made under names that they can have", async () => {
    expect((await usableTools("s", [good], { prefix: "p_" })).map(({ name }) => name)).toEqual(["p_good_one"]);
  });

  it("are thrown at the first that cannot be used", async () => {
    await expect(usableTools("the source", [good, bad])).rejects.toMatchObject({
      code: "SOURCE_TOOL_INVALID",
      message: 'the source: the tool "bad" cannot be used: no schema',
      data: { source: "the source", tool: "bad" },
    });
  });

  it("are those that can be used where the others are reported", async () => {
    const reports: ToolSourceError[] = [];
    const tools = await usableTools("s", [bad, good], { onUnusable: (error) => reports.push(error) });
    expect([tools.map(({ name }) => name), reports.map(({ data }) => data.tool)]).toEqual([["good_one"], ["bad"]]);
  });

  it("are no report when a library is missing", async () => {
    const missing = new AdapterError("missing", { code: "ADAPTER_PEER_MISSING" });
    const item = { name: "x", make: () => Promise.reject(missing) };
    await expect(usableTools("s", [item], { onUnusable: () => {} })).rejects.toBe(missing);
  });
});
