import type { JsonObject, ModelRequest, ToolChoice } from "@smoltools/core";
import type { ModelCapabilities } from "../capabilities.ts";
import type { ModelParameters } from "../chat-options.ts";
import { withoutExtensions } from "../../../shared/schema-export/shape/without-extensions.ts";
import { mergeNeighbours } from "./merge-neighbours.ts";
import { isStrictSchema } from "./strict-schema.ts";
import { wireMessages } from "./wire-messages.ts";

/** The fields of a request, as they are written in JSON. */
export interface RequestBody extends Readonly<Record<string, unknown>> {
  readonly model: string;
  readonly messages: readonly JsonObject[];
}

/** What a model sends with each request. */
export interface RequestDefaults {
  model: string;
  parameters: ModelParameters;
  capabilities: ModelCapabilities;
  mergeMessages: boolean;
}

/** OpenAI takes no more; the adapter itself cuts at all of them. */
const maxStops = 4;

/**
 * The body of a request. What the model was made with wins over what the request says, but for the messages.
 *
 * Source: https://platform.openai.com/docs/api-reference/chat/create.
 */
export function requestBody(request: ModelRequest, defaults: RequestDefaults): RequestBody {
  const { model, parameters, capabilities, mergeMessages } = defaults;
  const { temperature, maxTokens, ...further } = parameters;
  const fields: [string, unknown][] = [
    ["stream", true],
    ["stream_options", { include_usage: true }],
    ...requestFields(request, defaults),
    ["temperature", temperature],
    [capabilities.maxTokensField, maxTokens],
    ...Object.entries(further),
  ];
  const body = new Map<string, unknown>();
  for (const [name, value] of fields) {
    if (value === null) body.delete(name);
    else if (value !== undefined) body.set(name, value);
  }
  if (body.get("stream") === false) body.delete("stream_options");
  if (!body.has("tools")) body.delete("tool_choice");
  for (const name of ["model", "messages"]) body.delete(name);
  const messages = wireMessages(request.messages);
  // The model goes first: routers choose by it before they have read the rest.
  return { model, ...Object.fromEntries(body), messages: mergeMessages ? mergeNeighbours(messages) : messages };
}

function requestFields(request: ModelRequest, { parameters, capabilities }: RequestDefaults): [string, unknown][] {
  const stop = request.stop?.filter((text) => text !== "") ?? [];
  // Two fields limit the length: when the model was made with either, the request adds none.
  const limited = ["maxTokens", "max_tokens", "max_completion_tokens"].some((name) => parameters[name] !== undefined);
  return [
    ...toolFields(request),
    ["response_format", responseFormat(request)],
    ["stop", stop.length > 0 && capabilities.stop ? stop.slice(0, maxStops) : undefined],
    ["temperature", capabilities.temperature ? request.temperature : undefined],
    [capabilities.maxTokensField, limited ? undefined : request.maxTokens],
  ];
}

function toolFields({ tools = [], toolChoice }: ModelRequest): [string, unknown][] {
  if (tools.length === 0) return [];
  const described = tools.map(({ name, description, inputSchema }) => ({
    type: "function",
    function: { name, description, parameters: withoutExtensions(inputSchema) },
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
