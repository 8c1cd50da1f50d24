import type { Message, ModelDelta, ModelRequest, ModelTool, ToolCallPart } from "@smoltools/core";
import { parseJson } from "../../../shared/json-access.ts";
import { type ExportedPlainInput, exportPlainInput } from "../../../shared/schema-export/export-plain-input.ts";
import { DecodedCalls } from "../answer/decoded-calls.ts";

/** What OpenAI's API and Anthropic's refuse at the root of a tool's schema, with the whole request. */
const refused = ["$ref", "allOf", "anyOf", "const", "enum", "if", "not", "oneOf"] as const;

type Deltas = AsyncIterableIterator<ModelDelta, void, undefined>;

/** A request that every provider takes, and the way back. */
export interface PlainRoots {
  readonly request: ModelRequest;
  /** Makes the arguments of calls those that the tools expect. */
  decoded(deltas: Deltas): Deltas;
}

const exported = new WeakMap<ModelTool["inputSchema"], ExportedPlainInput>();

/**
 * Writes tools whose input is a choice at its root in another way: the choice stands in a property `input`. Past calls
 * of them are written so as well, and the arguments of new calls are read back. All else stays as it is.
 *
 * Source: https://platform.openai.com/docs/guides/structured-outputs, section "Supported schemas".
 */
export function withPlainRoots(request: ModelRequest): PlainRoots {
  const { tools = [], messages } = request;
  const forms = new Map(tools.filter(isRefused).map(({ name, inputSchema }) => [name, formOf(inputSchema)]));
  if (forms.size === 0) return { request, decoded: (deltas) => deltas };
  const decoders = new Map([...forms].map(([name, { decode }]) => [name, decode]));
  return {
    request: {
      ...request,
      messages: messages.map((message) => withEncodedCalls(message, forms)),
      tools: tools.map(({ name, description, inputSchema }) => ({
        name,
        description,
        inputSchema: forms.get(name)?.schema ?? inputSchema,
      })),
    },
    decoded: (deltas) => new DecodedCalls(deltas, decoders),
  };
}

function isRefused({ inputSchema }: ModelTool): boolean {
  return refused.some((keyword) => inputSchema[keyword] !== undefined);
}

function formOf(schema: ModelTool["inputSchema"]): ExportedPlainInput {
  const form = exported.get(schema) ?? exportPlainInput(schema);
  exported.set(schema, form);
  return form;
}

function withEncodedCalls(message: Message, forms: ReadonlyMap<string, ExportedPlainInput>): Message {
  if (message.role !== "assistant" || !message.toolCalls) return message;
  const toolCalls = message.toolCalls.map((call): ToolCallPart => {
    const input = parseJson(call.arguments);
    const form = input === undefined ? undefined : forms.get(call.name);
    return form ? { ...call, arguments: JSON.stringify(form.encode(input)) } : call;
  });
  return { ...message, toolCalls };
}
