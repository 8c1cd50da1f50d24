import { isMediaRef } from "@smoltools/core";
import { dynamicTool, jsonSchema, tool } from "ai";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { z as z3 } from "zod/v3";
import { type AiSdkTool, type FromAiSdkOptions, type PreliminaryResult, toolsFromAiSdk } from "./index.ts";

/** The one tool of a tool set. */
async function only(one: AiSdkTool, options: FromAiSdkOptions = {}) {
  const [made] = await toolsFromAiSdk({ act: one }, options);
  if (made === undefined) throw new Error("there is no tool");
  return made;
}

const empty = z.object({});

describe("a tool's schema", () => {
  const schemas: [string, AiSdkTool["inputSchema"]][] = [
    ["zod 4", z.object({ n: z.number().default(1), text: z.string().transform((text) => text.length) })],
    ["zod 3", z3.object({ n: z3.number().default(1), text: z3.string().transform((text) => text.length) })],
    ["a lazy zod 4", () => z.object({ n: z.number().default(1), text: z.string().transform((text) => text.length) })],
  ];

  it.each(schemas)("of %s declares what goes in, and is applied", async (_name, inputSchema) => {
    const made = await only({ inputSchema, execute: (input: unknown) => input });
    expect(made.inputSchema).toMatchObject({
      type: "object",
      properties: { n: { type: "number", default: 1 }, text: { type: "string" } },
      required: ["text"],
    });
    expect(await made.call({ text: "four" })).toEqual({ n: 1, text: 4 });
  });

  it("may have a check that JSON Schema does not know", async () => {
    const inputSchema = jsonSchema<{ n: number }>(
      { type: "object", properties: { n: { type: "number" } } },
      {
        validate: (value) =>
          (value as { n: number }).n % 2 === 0
            ? { success: true, value: { n: (value as { n: number }).n / 2 } }
            : { success: false, error: new Error("n must be even") },
      },
    );
    const made = await only({ inputSchema, execute: ({ n }: { n: number }) => n });
    expect(await made.call({ n: 4 })).toBe(2);
    await expect(made.call({ n: 3 })).rejects.toMatchObject({
      code: "TOOL_INPUT_INVALID",
      message: expect.stringContaining("n must be even"),
    });
  });

  it("of the result is checked", async () => {
    const made = await only(
      tool({ inputSchema: empty, outputSchema: z.object({ n: z.number() }), execute: () => ({ n: 1 }) }),
    );
    expect(made.outputSchema).toMatchObject({ properties: { n: { type: "number" } }, required: ["n"] });
    expect(await made.call({})).toEqual({ n: 1 });
  });

  it.each([[undefined], [7], [{}]])("that is %j is refused", async (inputSchema) => {
    await expect(only({ inputSchema, execute: () => 1 })).rejects.toMatchObject({
      code: "SOURCE_TOOL_INVALID",
      message: 'AI SDK: the tool "act" cannot be used: its schema is not one that the AI SDK knows',
    });
  });
});

describe("a tool that cannot be used", () => {
  it.each<[string, AiSdkTool, string]>([
    ["of a provider", { type: "provider", inputSchema: empty, execute: () => 1 }, "a tool of a model's provider"],
    ["of a provider, in version 5", { type: "provider-defined", inputSchema: empty, execute: () => 1 }, "provider"],
    ["without a function", tool({ inputSchema: empty, outputSchema: z.string() }), "it has no execute"],
    ["that needs approval", { inputSchema: empty, needsApproval: true, execute: () => 1 }, "give the option approve"],
    ["that may need approval", { inputSchema: empty, needsApproval: () => false, execute: () => 1 }, "approve"],
    [
      "whose description fails",
      {
        inputSchema: empty,
        description: ({ context }: { context: { user: string } }) => context.user,
        execute: () => 1,
      },
      "user",
    ],
  ])("%s is refused", async (_name, one, why) => {
    await expect(only(one)).rejects.toMatchObject({
      code: "SOURCE_TOOL_INVALID",
      message: expect.stringContaining(why),
    });
  });
});

describe("what a tool says of itself", () => {
  it("is made from the context where its description is a function", async () => {
    const described = tool({
      description: ({ context }: { context: { user: string } }) => `Writes to ${context.user}.`,
      inputSchema: empty,
      contextSchema: z.object({ user: z.string() }),
      execute: (_input, { context }) => context.user,
    });
    const made = await only(described as AiSdkTool, { context: { user: "Ann" } });
    expect(made.description).toBe("Writes to Ann.");
    expect(await made.call({}, { context: { user: "Bob" } })).toBe("Bob");
    await expect(made.call({}, { context: { user: 7 } })).rejects.toMatchObject({ code: "TOOL_FAILED" });
  });

  it("has its title", async () => {
    const titled = await only({ title: "Act!", inputSchema: empty, execute: () => 1 });
    expect(titled.annotations).toEqual({ title: "Act!" });
  });
});

describe("a call that needs approval", () => {
  const wiping = (needsApproval: unknown) => {
    const runs: unknown[] = [];
    return {
      runs,
      wipe: {
        inputSchema: z.object({ all: z.boolean() }),
        needsApproval,
        execute: (input: unknown) => runs.push(input),
      },
    };
  };

  it("happens when it is allowed", async () => {
    const { runs, wipe } = wiping(true);
    const asked: unknown[] = [];
    const made = await only(wipe, {
      approve: (call) => {
        asked.push(call);
        return { approved: true };
      },
    });
    await made.call({ all: true }, { toolCallId: "call_1" });
    expect(asked).toEqual([{ tool: "act", input: { all: true }, toolCallId: "call_1" }]);
    expect(runs).toEqual([{ all: true }]);
  });

  it.each([
    [false, "it was not allowed"],
    [{ approved: false, reason: "too much" }, "too much"],
    ["yes" as unknown as boolean, "it was not allowed"],
  ])("does not when the answer is %j", async (answer, why) => {
    const { runs, wipe } = wiping(true);
    const made = await only(wipe, { approve: () => answer });
    await expect(made.call({ all: true })).rejects.toMatchObject({
      code: "TOOL_PERMISSION_DENIED",
      message: `act was not carried out: ${why}`,
    });
    expect(runs).toEqual([]);
  });

  it("is told by the tool's function", async () => {
    const { runs, wipe } = wiping(async ({ all }: { all: boolean }) => all);
    const made = await only(wipe, { approve: () => false });
    await made.call({ all: false });
    await expect(made.call({ all: true })).rejects.toMatchObject({ code: "TOOL_PERMISSION_DENIED" });
    expect(runs).toEqual([{ all: false }]);
  });

  it("waits for the person outside the clock of the code that calls", async () => {
    const { wipe } = wiping(true);
    let untimed = 0;
    const made = await only(wipe, { approve: () => true });
    await made.call(
      { all: true },
      {
        untimed: (work) => {
          untimed++;
          return work;
        },
      },
    );
    expect(untimed).toBe(1);
  });
});

describe("the results of a tool", () => {
  it("that come one after another are told, and the last is given", async () => {
    const preliminary: PreliminaryResult[] = [];
    const counting = tool({
      inputSchema: empty,
      async *execute() {
        yield 1;
        yield 2;
        yield 3;
      },
    });
    const made = await only(counting, { onPreliminary: (result) => preliminary.push(result) });
    expect(await made.call({}, { toolCallId: "c" })).toBe(3);
    expect(preliminary).toEqual([1, 2].map((output) => ({ tool: "act", toolCallId: "c", output })));
  });

  it("end when the call is aborted", async () => {
    let ended = false;
    const endless = tool({
      inputSchema: empty,
      async *execute() {
        try {
          for (;;) yield await new Promise((resolve) => setTimeout(resolve, 1));
        } finally {
          ended = true;
        }
      },
    });
    const reason = new Error("enough");
    const controller = new AbortController();
    const call = (await only(endless, { onPreliminary: () => controller.abort(reason) })).call({}, controller);
    await expect(call).rejects.toBe(reason);
    await expect.poll(() => ended).toBe(true);
  });

  it.each([
    ["of version 7", { type: "file", mediaType: "image/png", data: { type: "data", data: "iVBORw==" } }],
    ["of bytes", { type: "file", mediaType: "image/png", data: { type: "data", data: new Uint8Array(4) } }],
    ["of version 6", { type: "image-data", mediaType: "image/png", data: "iVBORw==" }],
    ["of version 5", { type: "media", mediaType: "image/png", data: "iVBORw==" }],
    ["with half a media type", { type: "file", mediaType: "image/*", data: { type: "data", data: "iVBORw==" } }],
    [
      "that is elsewhere",
      { type: "file", mediaType: "image", data: { type: "url", url: new URL("https://example.org/a.png") } },
    ],
    ["that is elsewhere, in version 6", { type: "image-url", url: "https://example.org/a.png" }],
  ])("are media where the tool shows models a file %s", async (_name, part) => {
    const made = await only(
      dynamicTool({
        inputSchema: empty,
        execute: async () => "path of a file",
        toModelOutput: () => ({ type: "content", value: [part as never] }),
      }),
    );
    const result = await made.call({});
    expect(isMediaRef(result) && [result.kind, result.mediaType]).toEqual(["image", "image/png"]);
  });

  it.each([
    [{ type: "text", value: "short" }, { full: true }],
    [{ type: "json", value: 1 }, { full: true }],
    [{ type: "content", value: [{ type: "text", text: "short" }] }, { full: true }],
  ])("are the function's own where the tool shows models %j", async (shown, expected) => {
    const made = await only({ inputSchema: empty, execute: () => ({ full: true }), toModelOutput: () => shown });
    expect(await made.call({})).toEqual(expected);
  });

  it.each([
    [{ type: "error-text", value: "no such city" }, "TOOL_FAILED", "act failed: no such city"],
    [{ type: "error-json", value: { status: 404 } }, "TOOL_FAILED", 'act failed: {"status":404}'],
    [{ type: "execution-denied", reason: "no" }, "TOOL_PERMISSION_DENIED", "act was not carried out: no"],
  ])("are errors where the tool shows models %j", async (shown, code, message) => {
    const made = await only({ inputSchema: empty, execute: () => 1, toModelOutput: () => shown });
    await expect(made.call({})).rejects.toMatchObject({ code, message });
  });
});

describe("a tool set", () => {
  it("names its tools by its keys", async () => {
    const one = { inputSchema: empty, execute: () => 1 };
    const tools = await toolsFromAiSdk({ "get-x": one, delete: one }, { prefix: "kit-" });
    expect(tools.map(({ name, annotations }) => [name, annotations?.title])).toEqual([
      ["kit_get_x", "get-x"],
      ["kit_delete", "delete"],
    ]);
    expect(tools.map(({ origin }) => origin)).toEqual([{ kind: "ai-sdk" }, { kind: "ai-sdk" }]);
  });
});
