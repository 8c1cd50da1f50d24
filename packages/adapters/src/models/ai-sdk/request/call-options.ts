import type { ModelRequest, ToolChoice } from "@smoltools/core";
import type { AiSdkCallOptions } from "../language-model.ts";
import type { AiSdkModelOptions } from "../options.ts";
import { draft07 } from "../../../shared/schema-export/draft-07.ts";
import { type PromptOptions, promptOf } from "./prompt.ts";

/**
 * What a language model of the AI SDK is called with for a request.
 *
 * @param request - What is asked.
 * @param defaults - What the model was made with; the request wins over it.
 * @throws ModelError `MODEL_BAD_REQUEST` for an image without a usable address.
 */
export function callOptions(
  request: ModelRequest,
  defaults: AiSdkModelOptions,
  promptOptions: PromptOptions,
): AiSdkCallOptions {
  const { messages, tools = [], toolChoice, responseFormat } = request;
  const maxOutputTokens = request.maxTokens ?? defaults.maxTokens;
  const temperature = request.temperature ?? defaults.temperature;
  const stopSequences = (request.stop ?? []).filter((text) => text !== "");
  const { reasoning, headers, providerOptions } = defaults;
  return {
    prompt: promptOf(messages, promptOptions),
    ...(maxOutputTokens !== undefined && { maxOutputTokens }),
    ...(temperature !== undefined && { temperature }),
    ...(stopSequences.length > 0 && { stopSequences }),
    ...(responseFormat && {
      responseFormat: { type: "json", name: responseFormat.name, schema: draft07(responseFormat.schema) },
    }),
    ...(tools.length > 0 && {
      tools: tools.map(({ name, description, inputSchema }) => ({
        type: "function",
        name,
        description,
        inputSchema: draft07(inputSchema),
      })),
      ...(toolChoice && { toolChoice: choiceOf(toolChoice) }),
    }),
    ...(reasoning && { reasoning }),
    ...(headers && { headers: { ...headers } }),
    ...(providerOptions && { providerOptions: { ...providerOptions } }),
  };
}

function choiceOf(choice: ToolChoice): { type: string; toolName?: string } {
  return typeof choice === "string" ? { type: choice } : { type: "tool", toolName: choice.name };
}
