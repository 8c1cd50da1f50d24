import type { JsonObject, JsonValue } from "@smoltools/core";
import type { ChatOptions, ModelParameters } from "./chat-options.ts";

/** What it takes to make a model again: no keys, no functions, nothing that might be a secret. */
export interface ModelDescription {
  /** Options, as JSON. */
  settings: JsonObject;
  /** Options that were given and are not among the settings. */
  leftOut: string[];
}

/** Options of every chat model that are numbers, or true or false. */
const plainOptions = [
  "mergeMessages",
  "timeoutMs",
  "idleTimeoutMs",
  "maxResponseBytes",
  "retries",
  "maxRetryDelayMs",
  "requestsPerMinute",
  "allowInsecure",
] as const satisfies readonly (keyof ChatOptions)[];

/** Words that may be the value of a parameter: any other text might be a secret. */
const words = new Set("none minimal low medium high xhigh max auto default flex priority text json_object".split(" "));

/**
 * The description of a chat model.
 *
 * @param options - What it was made with.
 * @param further - Settings that it has besides.
 * @param leftOut - Further options that were given and cannot be told.
 */
export function chatDescription(options: ChatOptions, further: JsonObject, leftOut: string[]): ModelDescription {
  const settings: Record<string, JsonValue> = { ...further };
  for (const name of plainOptions) {
    const value = options[name];
    if (value !== undefined) settings[name] = value;
  }
  const { supports, capabilities, thinkTags, parameters = {} } = options;
  if (supports) settings["supports"] = { ...supports };
  if (capabilities) settings["capabilities"] = { ...capabilities };
  if (thinkTags !== undefined) settings["thinkTags"] = thinkTags;
  const told = plainParameters(parameters);
  if (Object.keys(told).length > 0) settings["parameters"] = told;
  const hidden = Object.keys(parameters).filter((name) => parameters[name] !== undefined && !Object.hasOwn(told, name));
  return {
    settings,
    leftOut: [
      ...leftOut,
      ...hidden.map((name) => `parameters.${name}`),
      ...(options.fetch === undefined ? [] : ["fetch"]),
    ],
  };
}

/** The parameters whose values cannot be secrets. */
function plainParameters(parameters: ModelParameters): JsonObject {
  const entries = Object.entries(parameters).filter((entry): entry is [string, JsonValue] => isPlain(entry[1]));
  return Object.fromEntries(entries);
}

function isPlain(value: unknown): boolean {
  if (typeof value === "number" || typeof value === "boolean" || value === null) return true;
  if (typeof value === "string") return words.has(value);
  return typeof value === "object" && !Array.isArray(value) && Object.values(value).every(isPlain);
}
