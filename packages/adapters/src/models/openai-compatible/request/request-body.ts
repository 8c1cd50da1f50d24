import type { ModelRequest, ToolChoice } from "@smoltools/core";
import type { ModelCapabilities } from "../capabilities.ts";
import type { ModelParameters } from "../options.ts";
import { isStrictSchema } from "./strict-schema.ts";
import { wireMessages } from "./wire-messages.ts";

/** The fields of a request, as they are written in JSON. */
export type RequestBody = Readonly<Record<string, unknown>>;

/** What a model sends with each request. */
export interface RequestDefaults {
  model: string;
  parameters: ModelParameters;
  capabilities: ModelCapabilities;
}

/** OpenAI takes no more; the adapter itself cuts at all of them. */
const maxStops = 4;

/**
 * The body of a request.
 *
 * Source: https://platform.openai.com/docs/api-reference/chat/create.
 */
export function requestBody(request: ModelRequest, { model, parameters, capabilities }: RequestDefaults): RequestBody {
  const { temperature, maxTokens, ...further } = parameters;
  const stop = request.stop?.filter((text) => text !== "") ?? [];
  // In this order: what the adapter chooses, what the model was made with, what the request says.
  const fields: [string, unknown][] = [
    ["stream", true],
    ["stream_options", { include_usage: true }],
    ["temperature", temperature],
    [capabilities.maxTokensField, maxTokens],
    ...Object.entries(further),
    ["model", model],
    ["messages", wireMessages(request.messages)],
    ...toolFields(request),
    ["response_format", responseFormat(request)],
    ["stop", stop.length > 0 && capabilities.stop ? stop.slice(0, maxStops) : undefined],
    ["temperature", request.temperature],
    [capabilities.maxTokensField, request.maxTokens],
  ];
  const body = new Map<string, unknown>();
  for (const [name, value] of fields) {
    if (value !== undefined) body.set(name, value);
  }
  for (const name of removedFields(request, parameters, capabilities)) body.delete(name);
  if (body.get("stream") === false) body.delete("stream_options");
  return Object.fromEntries(body);
}

function removedFields(
  request: ModelRequest,
  parameters: ModelParameters,
  { maxTokensField }: ModelCapabilities,
): string[] {
  const removed = Object.keys(parameters)
    .filter((name) => parameters[name] === null)
    .map((name) => (name === "maxTokens" ? maxTokensField : name));
  // A limit of the request replaces one that was given under the other field's name.
  if (request.maxTokens !== undefined) {
    removed.push(maxTokensField === "max_tokens" ? "max_completion_tokens" : "max_tokens");
  }
  return removed;
}

function toolFields({ tools = [], toolChoice }: ModelRequest): [string, unknown][] {
  if (tools.length === 0) return [];
  const described = tools.map(({ name, description, inputSchema }) => ({
    type: "function",
    function: { name, description, parameters: inputSchema },
  }));
  return [
    ["tools", described],
    ["tool_choice", toolChoice && wireToolChoice(toolChoice)],
  ];
}

function wireToolChoice(choice: ToolChoice): unknown {
  return typeof choice === "string" ? choice : { type: "function", function: { name: choice.name } };
}

function responseFormat({ responseFormat: format }: ModelRequest): unknown {
  if (!format) return undefined;
  const { name, schema } = format;
  return { type: "json_schema", json_schema: { name, schema, ...(isStrictSchema(schema) && { strict: true }) } };
}
