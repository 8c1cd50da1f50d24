import { describe, expect, it } from "vitest";
import type { JsonSchema } from "../schema/json-schema.ts";
import { tool } from "./define-tool.ts";

/** What a call with this argument comes to: `"ok"`, or the code of the error. */
async function outcome(schema: JsonSchema, input: object, required = true): Promise<unknown> {
  const made = tool({
    name: "take",
    description: "Takes a value.",
    input: {
      type: "object",
      properties: { value: schema },
      ...(required && { required: ["value"] }),
      additionalProperties: false,
    },
    execute: () => "ok",
  });
  return made.call(input as never).catch((error: { code: unknown }) => error.code);
}

const refused = "TOOL_INPUT_INVALID";

describe("an argument", () => {
  it.each<[JsonSchema, unknown, unknown]>([
    [{ type: "boolean" }, true, "ok"],
    [{ type: "boolean" }, 1, refused],
    [{ type: "string" }, "a", "ok"],
    [{ type: "string" }, 1, refused],
    [{ type: "string" }, ["a"], refused],
    [{ type: "integer" }, 1, "ok"],
    [{ type: "integer" }, 1.5, refused],
    [{ type: "number" }, 1, "ok"],
    [{ type: "number" }, "1", refused],
    [{ type: "array" }, [1, "a"], "ok"],
    [{ type: "object" }, { a: 1 }, "ok"],
    [{ type: "object" }, [1], refused],
    [{ type: ["string", "integer"] }, 1, "ok"],
    [{ type: ["string", "integer"] }, true, refused],
    [{ type: ["string", "integer"] }, null, refused],
    [{ anyOf: [{ type: "string" }, { type: "integer" }] }, "a", "ok"],
    [true, { any: ["thing"] }, "ok"],
  ])("of the schema %j that is %j comes to %j (case 73)", async (schema, value, expected) => {
    expect(await outcome(schema, { value })).toBe(expected);
  });

  it.each<[JsonSchema, boolean, object, unknown]>([
    [{ type: "string" }, true, { value: null }, refused],
    [{ type: "string" }, true, {}, refused],
    [{ type: "string" }, false, {}, "ok"],
    [{ type: "string" }, false, { value: null }, refused],
    [{ type: ["string", "null"] }, true, { value: null }, "ok"],
    [{ type: ["string", "null"] }, true, {}, refused],
    [{ type: ["string", "null"] }, false, {}, "ok"],
  ])("of the schema %j (required: %j) in %j comes to %j (case 74)", async (schema, required, input, expected) => {
    expect(await outcome(schema, input, required)).toBe(expected);
  });

  it("that is missing or null is named with what was wanted (case 74)", async () => {
    const made = tool({
      name: "take",
      description: "Takes a text.",
      input: { type: "object", properties: { text: { type: "string" } }, required: ["text"] },
      execute: ({ text }) => text,
    });
    await expect(made.call({} as never)).rejects.toThrow(/text: .*required|required.*text/);
    await expect(made.call({ text: null } as never)).rejects.toThrow("text: expected string, got null");
  });

  it.each<[JsonSchema, unknown, unknown]>([
    [{ enum: ["asc", "desc"] }, "asc", "ok"],
    [{ enum: ["asc", "desc"] }, "up", refused],
    [{ type: "array", prefixItems: [{ type: "string" }, { type: "number" }], items: false }, ["a", 1], "ok"],
    [{ type: "array", prefixItems: [{ type: "string" }, { type: "number" }], items: false }, [1, "a"], refused],
  ])("of the schema %j that is %j comes to %j (case 79)", async (schema, value, expected) => {
    expect(await outcome(schema, { value })).toBe(expected);
  });
});

describe("a result", () => {
  it.each<[JsonSchema, unknown, boolean]>([
    [{ type: "integer" }, 3, true],
    [{ type: "integer" }, "3", false],
    [{ enum: ["a", "b"] }, "c", false],
    [{ type: "array", items: { type: "string" } }, ["a", 1], false],
    [{ type: "object", properties: { n: { type: "number" } }, required: ["n"] }, {}, false],
  ])("of the schema %j that is %j fits: %j (case 79)", async (output, result, fits) => {
    const made = tool({ name: "give", description: "Gives a value.", output, execute: () => result });
    const code = await made.call({}).then(
      () => true,
      (error: { code: unknown }) => error.code !== "TOOL_OUTPUT_INVALID",
    );
    expect(code).toBe(fits);
  });
});
