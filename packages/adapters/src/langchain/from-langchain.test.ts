import { HumanMessage, ToolMessage } from "@langchain/core/messages";
import { RunnableLambda } from "@langchain/core/runnables";
import {
  BaseToolkit,
  DynamicStructuredTool,
  DynamicTool,
  type StructuredToolInterface,
  tool,
} from "@langchain/core/tools";
import { Tool } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { z as z3 } from "zod/v3";
import { type FromLangchainOptions, type LangChainTool, toolFromLangchain, toolsFromLangchain } from "./index.ts";

const echo = async (input: unknown) => JSON.stringify(input);

/** What a tool of LangChain declares here. */
async function declared(langchain: LangChainTool) {
  const { name, description, inputSchema, outputSchema, annotations, origin } = await toolFromLangchain(langchain);
  return { name, description, inputSchema, outputSchema, annotations, origin };
}

describe("a tool with a schema of zod 4", () => {
  const weather = tool(echo, {
    name: "weather",
    description: "Tells the weather.",
    schema: z.object({
      city: z.string().describe("Name of the city."),
      unit: z.enum(["c", "k"]).default("c"),
      days: z.int().min(1).optional(),
      point: z.tuple([z.number(), z.number()]).nullable(),
      length: z.string().transform((text) => text.length),
    }),
  });

  it("declares what goes in: what has a default is optional", async () => {
    expect(await declared(weather)).toMatchObject({
      name: "weather",
      description: "Tells the weather.",
      inputSchema: {
        type: "object",
        properties: {
          city: { type: "string", description: "Name of the city." },
          unit: { type: "string", enum: ["c", "k"], default: "c" },
          days: { type: "integer", minimum: 1 },
          point: {
            anyOf: [{ type: "array", prefixItems: [{ type: "number" }, { type: "number" }] }, { type: "null" }],
          },
          length: { type: "string" },
        },
        required: ["city", "point", "length"],
      },
      origin: { kind: "langchain" },
    });
  });

  it("gets its defaults and transformations", async () => {
    const made = await toolFromLangchain(weather);
    const result = await made.call({ city: "Bern", point: null, length: "four" });
    expect(JSON.parse(String(result))).toEqual({ city: "Bern", unit: "c", point: null, length: 4 });
  });

  it("has its refinements checked, and says which failed", async () => {
    const even = tool(echo, {
      name: "halve",
      description: "Halves.",
      schema: z.object({ n: z.number().refine((n) => n % 2 === 0, "must be even") }),
    });
    const call = (await toolFromLangchain(even)).call({ n: 3 });
    await expect(call).rejects.toMatchObject({
      code: "TOOL_INPUT_INVALID",
      message: expect.stringContaining("must be even"),
    });
  });

  it("is refused when its schema has what JSON cannot hold", async () => {
    const dated = tool(echo, { name: "dated", description: "Dates.", schema: z.object({ at: z.date() }) });
    await expect(toolFromLangchain(dated)).rejects.toMatchObject({
      code: "SOURCE_TOOL_INVALID",
      message: expect.stringContaining('the tool "dated" cannot be used: Date cannot be represented in JSON Schema'),
      data: { tool: "dated" },
    });
  });
});

describe("a tool with a schema of zod 3", () => {
  const point = z3.object({ x: z3.number() });
  const line = new DynamicStructuredTool({
    func: echo,
    name: "line",
    description: "Draws a line.",
    schema: z3.object({ ends: z3.tuple([point, point]), width: z3.number().positive().default(1) }),
  });

  it("declares references that lead somewhere", async () => {
    const made = await toolFromLangchain(line);
    await expect(made.call({ ends: [{ x: 1 }, { x: "2" }] })).rejects.toMatchObject({ code: "TOOL_INPUT_INVALID" });
    expect(await made.call({ ends: [{ x: 1 }, { x: 2 }] })).toBe('{"ends":[{"x":1},{"x":2}],"width":1}');
  });
});

describe("a tool of one text", () => {
  it.each<[string, LangChainTool]>([
    [
      "DynamicTool",
      new DynamicTool({ name: "shout", description: "Shouts.", func: async (text) => text.toUpperCase() }),
    ],
    [
      "tool() with a schema of a text",
      tool(async (text) => String(text).toUpperCase(), { name: "shout", description: "Shouts.", schema: z.string() }),
    ],
  ])("made with %s takes it as its input", async (_name, langchain) => {
    const made = await toolFromLangchain(langchain);
    expect(made.inputSchema.properties).toEqual({ input: { type: "string" } });
    expect(await made.call({ input: "hey" })).toBe("HEY");
  });
});

describe("a runnable that was made a tool", () => {
  it("is called like any other", async () => {
    const runnable = RunnableLambda.from(({ n }: { n: number }) => `${n + 1}`).asTool({
      name: "next",
      description: "The next number.",
      schema: z.object({ n: z.number() }),
    });
    expect(await (await toolFromLangchain(runnable)).call({ n: 1 })).toBe("2");
  });
});

describe("a tool that is a generator", () => {
  it("gives what it returns, not what it yields", async () => {
    const counting = tool(
      async function* ({ to }) {
        for (let n = 1; n < to; n++) yield n;
        return `counted to ${to}`;
      },
      { name: "count", description: "Counts.", schema: z.object({ to: z.number() }) },
    );
    expect(await (await toolFromLangchain(counting)).call({ to: 3 })).toBe("counted to 3");
  });
});

describe("a tool with an artifact", () => {
  const search = (metadata?: Record<string, unknown>) =>
    tool(async () => ["2 hits", { hits: ["a", "b"] }], {
      name: "search",
      description: "Searches.",
      schema: z.object({}),
      responseFormat: "content_and_artifact",
      ...(metadata && { metadata }),
    });
  const outputSchema = { type: "object", properties: { hits: { type: "array" } }, required: ["hits"] };

  it.each<[FromLangchainOptions, Record<string, unknown> | undefined, unknown]>([
    [{}, undefined, { content: "2 hits", artifact: { hits: ["a", "b"] } }],
    [{ result: "content" }, undefined, "2 hits"],
    [{ result: "artifact" }, undefined, { hits: ["a", "b"] }],
    [{}, { outputSchema }, { hits: ["a", "b"] }],
  ])("gives with the options %j and the metadata %j: %j", async (options, metadata, expected) => {
    expect(await (await toolFromLangchain(search(metadata), options)).call({})).toEqual(expected);
  });

  it("whose artifact is not what its output schema says fails", async () => {
    const made = await toolFromLangchain(search({ outputSchema: { type: "object", required: ["total"] } }));
    await expect(made.call({})).rejects.toMatchObject({ code: "TOOL_OUTPUT_INVALID" });
  });
});

describe("the result of a tool", () => {
  const answering = (answer: unknown) =>
    toolFromLangchain(tool(async () => answer, { name: "answer", description: "Answers.", schema: z.object({}) }));

  it.each([
    ["an object", { a: [1, null] }],
    ["a list of objects with a type", [{ type: "dog" }, { type: "cat" }]],
    ["a number", 7],
    ["nothing", undefined],
  ])("that is %s stays what it is", async (_name, value) => {
    expect(await (await answering(value)).call({})).toEqual(value);
  });

  it("may be a message that the tool made itself", async () => {
    const message = new ToolMessage({ content: "said", tool_call_id: "1" });
    expect(await (await answering(message)).call({})).toBe("said");
  });

  it("that is a message of an error is one", async () => {
    const message = new ToolMessage({ content: "no such city", tool_call_id: "1", status: "error" });
    await expect((await answering(message)).call({})).rejects.toMatchObject({
      code: "TOOL_FAILED",
      message: "answer failed: no such city",
    });
  });

  it("that is a command for a graph is refused", async () => {
    const command = { lg_name: "Command", lc_direct_tool_output: true, update: { messages: [new HumanMessage("x")] } };
    await expect((await answering(command)).call({})).rejects.toThrow("a command for a graph of LangGraph");
  });
});

describe("what a tool's function knows of a call", () => {
  it("is the signal, the id and the context", async () => {
    let seen: Record<string, unknown> = {};
    const curious = tool(
      async (_input, config) => {
        seen = { ...config };
        return "";
      },
      { name: "curious", description: "Looks.", schema: z.object({}) },
    );
    const signal = new AbortController().signal;
    await (await toolFromLangchain(curious)).call({}, { signal, toolCallId: "call_7", context: { user: "ann" } });
    expect(seen).toMatchObject({ signal, toolCallId: "call_7", context: { user: "ann" } });
  });

  it("is never what the model wrote as a call of its own", async () => {
    const inputs: unknown[] = [];
    const open = tool(async (input) => inputs.push(input), {
      name: "open",
      description: "Takes anything.",
      schema: { type: "object", properties: { type: { type: "string" } }, maxProperties: 2 } as { type: "object" },
    });
    const call = (await toolFromLangchain(open)).call({ type: "tool_call", args: { a: 1, b: 2, c: 3 } });
    await expect(call).rejects.toThrow('LangChain takes no input whose "type" is "tool_call"');
    expect(inputs).toEqual([]);
  });
});

describe("several tools", () => {
  const named = (name: string): StructuredToolInterface =>
    tool(echo, { name, description: "Does.", schema: z.object({}) });

  it("of a toolkit are its tools", async () => {
    class Kit extends BaseToolkit {
      tools = [named("one"), named("two")];
    }
    const tools = await toolsFromLangchain(new Kit(), { prefix: "kit_" });
    expect(tools.map(({ name }) => name)).toEqual(["kit_one", "kit_two"]);
    expect(tools.every((each) => each instanceof Tool)).toBe(true);
  });

  it("of which one is none are refused by default, with what it is", async () => {
    const list = [named("one"), { name: "fake" } as unknown as LangChainTool];
    await expect(toolsFromLangchain(list)).rejects.toThrow("it is not a LangChain tool");
  });

  it("that are renamed keep their name as the title", async () => {
    const made = await toolFromLangchain(named("get-weather"), { name: "weather" });
    expect([made.name, made.annotations]).toEqual(["weather", { title: "get-weather" }]);
  });
});
