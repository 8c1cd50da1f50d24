import { describe, expect, it } from "vitest";
import * as z from "zod";
import { tool } from "./define-tool.ts";
import { isTool, Tool } from "./tool.ts";
import type { JsonSchema, ObjectSchema } from "../schema/json-schema.ts";

const input: ObjectSchema = { type: "object", properties: { a: { type: "number" } }, required: ["a"] };

describe("tool", () => {
  it("runs a function with checked input", async () => {
    const double = tool({ name: "double", description: "Doubles.", input, execute: (i) => Number(i.a) * 2 });
    expect(await double.call({ a: 4 })).toBe(8);
  });

  it("does not run the function when the input is wrong", async () => {
    let ran = false;
    const never = tool({ name: "never", description: "Never runs.", input, execute: () => (ran = true) });
    await expect(never.call({ a: "4" })).rejects.toMatchObject({
      code: "TOOL_INPUT_INVALID",
      message: 'never was called with wrong arguments:\n- a: expected number, got "4"',
    });
    expect(ran).toBe(false);
  });

  it("reports a result that the output schema does not allow", async () => {
    const bad = tool({
      name: "bad",
      description: "Breaks its promise.",
      output: { type: "string" } as JsonSchema,
      execute: () => 3,
    });
    await expect(bad.call({})).rejects.toMatchObject({ code: "TOOL_OUTPUT_INVALID" });
  });

  it("takes a missing result for null", async () => {
    const nothing = tool({
      name: "nothing",
      description: "Gives nothing.",
      output: { type: "null" },
      execute: () => {},
    });
    expect(await nothing.call({})).toBeUndefined();
  });

  it("keeps the tool's own error as the cause", async () => {
    const cause = new Error("no network");
    const failing = tool({ name: "failing", description: "Fails.", execute: () => Promise.reject(cause) });
    await expect(failing.call({})).rejects.toMatchObject({
      code: "TOOL_FAILED",
      message: "failing failed: no network",
      cause,
    });
  });

  it("does not run once the signal is aborted", async () => {
    const any = tool({ name: "any", description: "Runs.", execute: () => 1 });
    await expect(any.call({}, { signal: AbortSignal.abort(new Error("stop")) })).rejects.toThrow("stop");
  });

  it("sets itself up once, before the first call, and again after a failure", async () => {
    let tries = 0;
    const lazy = tool({
      name: "lazy",
      description: "Connects first.",
      setup: () => (++tries === 1 ? Promise.reject(new Error("offline")) : Promise.resolve()),
      execute: () => tries,
    });
    await expect(lazy.call({})).rejects.toMatchObject({ code: "TOOL_FAILED", message: "lazy failed: offline" });
    expect(await lazy.call({})).toBe(2);
    expect(await lazy.call({})).toBe(2);
  });

  it.each([
    ["class", "reserved word"],
    ["lambda", "reserved word"],
    ["undefined", "reserved word"],
    ["JSON", "would hide the global JSON"],
    ["fetch", "would hide the global fetch"],
    ["Infinity", "would hide the global Infinity"],
    ["1st", "not a tool name"],
    ["web-search", "not a tool name"],
    ["", "needs a name"],
    ["a".repeat(64), "at most 63"],
  ])("refuses the name %j", (name, problem) => {
    expect(() => tool({ name, description: "x", execute: () => 1 })).toThrow(problem);
  });

  it.each([
    ["inputSchema", "write input"],
    ["parameters", "write input"],
    ["outputSchema", "write output"],
    ["handler", "write execute"],
    ["colour", "the options are name, description, input"],
    ["constructor", "the options are name, description, input"],
  ])("refuses the option %s", (key, problem) => {
    const options = { name: "x", description: "x", execute: () => 1, [key]: {} };
    expect(() => tool(options)).toThrow(
      expect.objectContaining({ code: "TOOL_DECLARATION_INVALID", message: expect.stringContaining(problem) }),
    );
  });

  it("refuses an execute that is no function", () => {
    const options = JSON.parse('{ "name": "x", "description": "x", "execute": "1 + 1" }');
    expect(() => tool(options)).toThrow('"execute" must be a function');
  });

  it.each<[string, JsonSchema]>([
    ["a reference to nowhere", { $ref: "#/$defs/None" }],
    ["a pattern that is none", { pattern: "(" }],
    ["a pattern that takes exponential time", { pattern: "^(a+)+$" }],
  ])("refuses %s when the tool is made, not when it is called", (_title, property) => {
    const broken: ObjectSchema = { type: "object", properties: { a: property } };
    expect(() => tool({ name: "x", description: "x", input: broken, execute: () => 1 })).toThrow(
      expect.objectContaining({ code: "TOOL_DECLARATION_INVALID" }),
    );
  });

  it.each([undefined, 1n, null, () => 1, { a: Number.NaN }])(
    "answers input such as %s with a ToolInputError",
    async (value) => {
      const any = tool({ name: "any", description: "Runs.", input: { type: "object" }, execute: () => 1 });
      await expect(any.call(value as never)).rejects.toMatchObject({ code: "TOOL_INPUT_INVALID" });
    },
  );

  it("refuses a tool without a description", () => {
    expect(() => tool({ name: "x", description: " ", execute: () => 1 })).toThrow("needs a description");
  });

  it("refuses an input that is not an object", () => {
    expect(() => tool({ name: "x", description: "x", input: { type: "string" } as never, execute: () => 1 })).toThrow(
      "schema of an object",
    );
  });
});

describe("tool with a Standard Schema", () => {
  const forecast = tool({
    name: "forecast",
    description: "Forecasts.",
    input: z.object({ city: z.string().describe("Name of a city."), days: z.int().max(16).default(3) }),
    output: z.array(z.number()),
    execute: ({ days }) => Array.from({ length: days }, (_, i) => i),
  });

  it("asks the library for its JSON Schema", () => {
    expect(forecast.inputSchema).toMatchObject({
      type: "object",
      properties: { city: { type: "string", description: "Name of a city." } },
      required: ["city"],
    });
  });

  it("applies the library's defaults", async () => {
    expect(await forecast.call({ city: "Oslo" })).toEqual([0, 1, 2]);
  });

  it("keeps the library's own rules", async () => {
    const even = tool({
      name: "even",
      description: "Takes even numbers.",
      input: z.object({ n: z.number().refine((n) => n % 2 === 0, "must be even") }),
      execute: ({ n }) => n,
    });
    await expect(even.call({ n: 3 })).rejects.toMatchObject({
      code: "TOOL_INPUT_INVALID",
      message: expect.stringContaining("n: must be even"),
    });
  });

  it("says what to do when the library knows no JSON Schema", () => {
    const old = { "~standard": { version: 1, vendor: "oldlib", validate: (value: unknown) => ({ value }) } } as const;
    expect(() => tool({ name: "x", description: "x", input: old, execute: () => 1 })).toThrow("update oldlib");
  });
});

describe("Tool", () => {
  class Shout extends Tool<{ text: string }, string> {
    readonly name = "shout";
    readonly description = "Shouts.";
    readonly inputSchema: ObjectSchema = {
      type: "object",
      properties: { text: { type: "string" } },
      required: ["text"],
    };
    protected execute({ text }: { text: string }): string {
      return text.toUpperCase();
    }
  }

  it("can be extended", async () => {
    expect(await new Shout().call({ text: "hi" })).toBe("HI");
  });

  it("recognises tools by their brand, also those of another copy", () => {
    const foreign = { [Symbol.for("smoltools.tool@1")]: true };
    expect(isTool(foreign)).toBe(true);
    expect(foreign instanceof Tool).toBe(true);
    expect({ name: "x" } instanceof Tool).toBe(false);
  });

  it("lets a subclass keep its identity", () => {
    const other = tool({ name: "other", description: "Other.", execute: () => 1 });
    expect(new Shout() instanceof Shout).toBe(true);
    expect(other instanceof Shout).toBe(false);
  });
});
