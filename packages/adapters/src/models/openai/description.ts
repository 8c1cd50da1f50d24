import { chatDescription, type ModelDescription } from "../shared/model-description.ts";
import type { OpenAIModelOptions } from "./options.ts";

/** What it takes to make the model again. The query of an address may be a key: it is left out, like the headers. */
export function describeOpenAI(options: OpenAIModelOptions): ModelDescription {
  const { baseUrl, azure, headers, apiKey } = options;
  const url = baseUrl === undefined ? undefined : new URL(baseUrl);
  const further = {
    ...(url && { baseUrl: url.origin + url.pathname }),
    ...(azure && { azure: { ...azure } }),
  };
  const leftOut = [
    ...(apiKey === undefined || apiKey === "" ? [] : ["apiKey"]),
    ...(headers && Object.keys(headers).length > 0 ? ["headers"] : []),
    ...(url && (url.search !== "" || url.hash !== "") ? ["the query of baseUrl"] : []),
  ];
  return chatDescription(options, further, leftOut);
}
