import type { JsonSchema, JsonSchemaObject } from "../../schema/json-schema.ts";

const text: JsonSchema = { type: "string" };
const number: JsonSchema = { type: "number" };
const count: JsonSchema = { type: "integer", minimum: 0 };

function object(properties: Record<string, JsonSchema>, optional: Record<string, JsonSchema> = {}): JsonSchemaObject {
  return {
    type: "object",
    properties: { ...properties, ...optional },
    required: Object.keys(properties),
    additionalProperties: false,
  };
}

const usage = object({ inputTokens: count, outputTokens: count });
const timed = { startedAt: number, durationMs: number };
const timedOptional = { modelId: text, usage };
const stepError = object({ code: text, message: text, endedRun: { type: "boolean" } });
const images: JsonSchema = {
  type: "array",
  items: object({ type: { const: "image" }, mediaType: text }, { data: text, url: text }),
};

/** What an exported memory must look like: what `Memory.fromJSON` holds its input against. */
export const memorySchema: JsonSchemaObject = {
  ...object({ schemaVersion: { const: 1 }, steps: { type: "array", items: { $ref: "#/$defs/step" } } }),
  $defs: {
    step: {
      oneOf: [
        step("system-prompt", { text }),
        step("task", { task: text }, { images, notes: { type: "array", items: text } }),
        step(
          "planning",
          { beforeStep: count, ...timed },
          { ...timedOptional, plan: text, reasoning: text, error: stepError },
        ),
        step("summary", { covers: count, text, ...timed }, timedOptional),
        step(
          "action",
          { number: count, modelDurationMs: number, ...timed },
          {
            ...timedOptional,
            modelOutput: text,
            reasoning: text,
            code: text,
            modelCalls: { type: "array", items: object({ id: text, name: text, arguments: text }) },
            answers: { type: "array", items: object({ text, isError: { type: "boolean" } }) },
            toolCalls: { type: "array", items: { $ref: "#/$defs/call" } },
            observation: text,
            images,
            error: stepError,
            finalAnswer: object({ value: true }),
          },
        ),
      ],
    },
    call: object(
      { id: text, tool: text, input: true, durationMs: number },
      {
        error: text,
        run: object({ agent: text, steps: { type: "array", items: { $ref: "#/$defs/step" } } }, { usage }),
      },
    ),
  },
};

function step(
  kind: string,
  properties: Record<string, JsonSchema>,
  optional: Record<string, JsonSchema> = {},
): JsonSchema {
  return object({ kind: { const: kind }, ...properties }, optional);
}
