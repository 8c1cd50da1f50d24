import { tool as langchainTool } from "@langchain/core/tools";
import { toolsFromAiSdk } from "@smoltools/adapters/ai-sdk";
import { toolFromLangchain } from "@smoltools/adapters/langchain";
import type { Tool } from "@smoltools/core";
import { ScriptedModel } from "@smoltools/core/testing";
import { tool as aiSdkTool } from "ai";
import { CodeAgent } from "smoltools";
import { describe, expect, it } from "vitest";
import { z } from "zod";

const description = "Deletes files.";

describe("the input of a tool of LangChain", () => {
  it.each([
    { type: "tool_call", name: "remove", id: "1", args: { all: true } },
    { type: "tool_call", args: { type: "tool_call", args: { all: true } } },
  ])("that it would take for a call of its own runs nothing: %j", async (input) => {
    const inputs: unknown[] = [];
    const schema = { type: "object", properties: { all: { const: false } }, additionalProperties: true } as const;
    const removing = langchainTool(async (given) => inputs.push(given), { name: "remove", description, schema });
    const made = await toolFromLangchain(removing);
    await expect(made.call(input)).rejects.toMatchObject({ code: "TOOL_FAILED" });
    expect(inputs).toEqual([]);
  });
});

describe("a tool of the AI SDK that wants approval", () => {
  const runs: unknown[] = [];
  const remove = aiSdkTool({
    description,
    inputSchema: z.object({ path: z.string() }),
    needsApproval: true,
    execute: (input) => runs.push(input),
  });

  it("is not made where nobody can be asked", async () => {
    await expect(toolsFromAiSdk({ remove })).rejects.toMatchObject({ code: "SOURCE_TOOL_INVALID" });
  });

  it.each<[string, (tools: Tool[]) => Promise<unknown>]>([
    ["a call of the tool", ([tool]) => tool?.call({ path: "/" }) ?? Promise.resolve()],
    [
      "an agent",
      async (tools) => {
        const model = new ScriptedModel([
          "<code>\nawait remove('/');\n</code>",
          "<code>\nfinalAnswer('not removed');\n</code>",
        ]);
        await using agent = new CodeAgent({ model, tools });
        return await agent.run("Remove all.");
      },
    ],
  ])("runs nothing that was not approved, by %s", async (_name, use) => {
    const asked: unknown[] = [];
    const tools = await toolsFromAiSdk({ remove }, { approve: ({ input }) => asked.push(input) === 0 });
    await use(tools).catch(() => undefined);
    expect([asked, runs]).toEqual([[{ path: "/" }], []]);
  });
});
