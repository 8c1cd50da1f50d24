import { type JsonValue, type Message, ModelError, type ModelRequest, type ModelTool } from "@smoltools/core";
import type { ChatModelFunctions, GbnfJsonSchema } from "node-llama-cpp";
import { withoutLeftOutNulls } from "../../shared/schema-export/left-out-nulls.ts";
import { type GrammarSchema, grammarSchema } from "./schema/grammar-schema.ts";
import { withToolPrompt } from "./tool-prompt.ts";

/** How a request is put to the model. */
export type RequestPlan = { messages: readonly Message[] } & (
  | { kind: "text" }
  /** The model may call tools, in the form that it was trained for. */
  | { kind: "functions"; functions: ChatModelFunctions; clean: (name: string, params: JsonValue) => JsonValue }
  /** The answer is one call, ensured by a grammar. */
  | { kind: "call"; grammar: GbnfJsonSchema; clean: (name: string, params: JsonValue) => JsonValue }
  /** The answer is JSON, ensured by a grammar. `clean` is absent where it can be passed on as it comes. */
  | { kind: "json"; grammar: GbnfJsonSchema; clean?: (value: JsonValue) => JsonValue }
);

/**
 * Decides how a request is put to the model.
 *
 * @throws ModelError `MODEL_BAD_REQUEST` for a request that contradicts itself.
 */
export function planOf({ messages, tools = [], toolChoice = "auto", responseFormat }: ModelRequest): RequestPlan {
  const offered = offeredTools(tools, toolChoice);
  if (offered.length === 0) {
    if (!responseFormat) return { kind: "text", messages };
    const { schema } = responseFormat;
    const { schema: grammar, hasFillers } = grammarSchema(schema);
    return {
      kind: "json",
      messages,
      grammar,
      ...(hasFillers && { clean: (value: JsonValue) => withoutLeftOutNulls(value, schema) }),
    };
  }
  if (responseFormat) throw refused("A request has tools or a responseFormat, not both: leave one of them out.");
  const inputs = new Map(offered.map((tool) => [tool.name, { tool, ...grammarSchema(tool.inputSchema) }]));
  const clean = (name: string, params: JsonValue): JsonValue => {
    const input = inputs.get(name);
    return input?.hasFillers ? withoutLeftOutNulls(params, input.tool.inputSchema) : params;
  };
  if (toolChoice === "auto") {
    const functions = [...inputs].map(([name, { tool, schema }]) => [
      name,
      { description: tool.description, params: schema },
    ]);
    return { kind: "functions", messages, functions: Object.fromEntries(functions), clean };
  }
  const calls = [...inputs].map(([name, { schema }]) => callSchema(name, schema));
  const [only] = calls;
  const grammar: GbnfJsonSchema = calls.length === 1 && only ? only : { oneOf: calls };
  return { kind: "call", messages: withToolPrompt(messages, offered), grammar, clean };
}

function offeredTools(
  tools: readonly ModelTool[],
  toolChoice: NonNullable<ModelRequest["toolChoice"]>,
): readonly ModelTool[] {
  if (toolChoice === "none") return [];
  if (typeof toolChoice === "string") return tools;
  const named = tools.filter((tool) => tool.name === toolChoice.name);
  if (named.length === 0)
    throw refused(`toolChoice names the tool "${toolChoice.name}", which is not among the tools.`);
  return named;
}

function callSchema(name: string, schema: GrammarSchema["schema"]): GbnfJsonSchema {
  return { type: "object", properties: { name: { const: name }, arguments: schema } };
}

function refused(message: string): ModelError {
  return new ModelError(`LlamaCppModel: ${message}`, { code: "MODEL_BAD_REQUEST" });
}
