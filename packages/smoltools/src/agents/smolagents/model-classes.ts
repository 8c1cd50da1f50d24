import type { JsonObject, JsonValue } from "@smoltools/core";
import { AgentFileError, type ModelRecord } from "@smoltools/hub";
import type { Report } from "../left-out.ts";

/** The model of an agent of smolagents: as it can be made here, or why it has to be given. */
export interface SmolagentsModel {
  record: ModelRecord;
  /** Why it cannot be made. */
  problem?: string;
}

type Data = Readonly<Record<string, unknown>>;
type Convert = (data: Data, report: Report) => SmolagentsModel;

/** Members of a model's data that every class has, with the names that they have here. */
const shared = ["model_id", "temperature", "max_tokens", "top_p", "seed", "timeout", "custom_role_conversions"];
/** Longest wait that a file may ask for. */
const longestTimeoutMs = 3_600_000;
/** What the models here do by themselves, whatever a file says of it. */
const idle = new Set(["flatten_messages_as_text", "tool_name_key", "tool_arguments_key", "client_kwargs", "retry"]);

/** The classes of models that smolagents has had, by name. */
const classes: Readonly<Record<string, Convert>> = {
  InferenceClientModel: inferenceClient,
  HfApiModel: inferenceClient,
  OpenAIModel: (data, report) => openai(data, report, textOf(data["api_base"]) ?? textOf(data["base_url"])),
  OpenAIServerModel: (data, report) => openai(data, report, textOf(data["api_base"]) ?? textOf(data["base_url"])),
  AzureOpenAIModel: azure,
  AzureOpenAIServerModel: azure,
  LiteLLMModel: liteLlm,
  LiteLLMRouterModel: toBeGiven("it chooses among models that the file does not name"),
  TransformersModel: toBeGiven("it runs PyTorch weights in Python"),
  MLXModel: toBeGiven("it runs in Python on Apple's processors"),
  VLLMModel: toBeGiven("it runs in Python; a vLLM server can be asked with OpenAIModel"),
  AmazonBedrockModel: toBeGiven("there is no model of this kind here; the AI SDK has one, for AiSdkModel"),
  AmazonBedrockServerModel: toBeGiven("there is no model of this kind here; the AI SDK has one, for AiSdkModel"),
};

/**
 * Finds the model here that is closest to one of smolagents.
 *
 * @param model - `{ class, data }` of `agent.json`.
 * @throws AgentFileError `AGENT_MODEL_NEEDED` for a class that smolagents never had; it lists those that it had.
 */
export function convertModel(model: unknown, source: string, report: Report): SmolagentsModel {
  const { class: name, data } = isRecord(model) ? model : {};
  const convert = typeof name === "string" && Object.hasOwn(classes, name) ? classes[name] : undefined;
  if (!convert) {
    throw new AgentFileError(
      `The agent of ${source} has a model of the class ${JSON.stringify(name)?.slice(0, 100)}, which is not one of ` +
        `${Object.keys(classes).join(", ")}: make a model, and pass it as \`model\``,
      { code: "AGENT_MODEL_NEEDED", data: { source, classes: Object.keys(classes) } },
    );
  }
  return convert(isRecord(data) ? data : {}, report);
}

function inferenceClient(data: Data, report: Report): SmolagentsModel {
  const provider = textOf(data["provider"]);
  const endpointUrl = textOf(data["base_url"]) ?? textOf(data["api_base"]);
  const further = {
    ...(endpointUrl === undefined ? provider !== undefined && { provider } : { endpointUrl }),
  };
  return record("inference-client", data, further, report, ["provider", "base_url", "api_base"]);
}

function openai(data: Data, report: Report, baseUrl?: string): SmolagentsModel {
  return record("openai", data, baseUrl === undefined ? {} : { baseUrl }, report, ["api_base", "base_url"]);
}

function azure(data: Data, report: Report): SmolagentsModel {
  const baseUrl = textOf(data["azure_endpoint"]);
  const apiVersion = textOf(data["api_version"]);
  const known = ["azure_endpoint", "api_version"];
  if (baseUrl === undefined) {
    return { ...record("openai", data, {}, report, known), problem: "whose file does not say at which address" };
  }
  return record("openai", data, { baseUrl, azure: { ...(apiVersion !== undefined && { apiVersion }) } }, report, known);
}

/** LiteLLM tells providers by what stands before the model's name. */
function liteLlm(data: Data, report: Report): SmolagentsModel {
  const id = textOf(data["model_id"]) ?? "";
  const [, prefix = "", rest = id] = /^([\w-]+)\/(.+)$/.exec(id) ?? [];
  const named = { ...data, model_id: rest };
  const baseUrl = textOf(data["api_base"]);
  switch (prefix) {
    case "huggingface":
      return inferenceClient(named, report);
    case "azure":
      return azure({ ...named, azure_endpoint: baseUrl, api_base: undefined }, report);
    case "ollama":
    case "ollama_chat":
      return openai(
        named,
        report,
        `${baseUrl?.replace(/\/+$/, "").replace(/\/v1$/, "") ?? "http://127.0.0.1:11434"}/v1`,
      );
    case "openai":
      return openai(named, report, baseUrl);
    case "":
      if (baseUrl !== undefined || /^(?:gpt-|o\d|chatgpt-)/.test(id)) return openai(named, report, baseUrl);
      break;
    default:
      break;
  }
  return toBeGiven("LiteLLM asks it at a provider that is not known here")(data, report);
}

function toBeGiven(why: string): Convert {
  return (data) => ({
    record: { provider: "smolagents", id: textOf(data["model_id"]) ?? "unknown" },
    problem: `which cannot be made here: ${why}`,
  });
}

function record(
  provider: string,
  data: Data,
  further: JsonObject,
  report: Report,
  known: readonly string[],
): SmolagentsModel {
  const { temperature, max_tokens: maxTokens, top_p: topP, seed, timeout } = data;
  const numbers: [string, unknown][] = Object.entries({ temperature, maxTokens, top_p: topP, seed });
  const parameters = Object.fromEntries(
    numbers.filter((entry): entry is [string, number] => typeof entry[1] === "number"),
  );
  const settings: Record<string, JsonValue> = { ...further };
  if (Object.keys(parameters).length > 0) settings["parameters"] = parameters;
  if (typeof timeout === "number" && timeout > 0) settings["timeoutMs"] = Math.min(timeout * 1000, longestTimeoutMs);
  for (const [name, value] of Object.entries(data)) {
    if (value === null || value === undefined || idle.has(name)) continue;
    if (![...shared, ...known].includes(name)) {
      // Never the value: it may be a key.
      report.add(`model.data.${name}`, "there is no such setting here", "`model`, if it is needed");
    }
  }
  return { record: { provider, id: textOf(data["model_id"]) ?? "", settings } };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
