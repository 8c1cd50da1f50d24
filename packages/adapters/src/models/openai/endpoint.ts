import type { ApiKey } from "../shared/chat-options.ts";
import { checkAddress, checkEncrypted } from "../shared/check-address.ts";
import { checkKey } from "../shared/check-key.ts";
import { invalidOption } from "../shared/errors/model-options-error.ts";
import type { Target } from "../shared/errors/target.ts";
import { azureUrl, keyHeaderOf } from "./azure.ts";
import type { OpenAIModelOptions } from "./options.ts";
import { presets } from "./presets.ts";

/** Where a model is asked, and with what. */
export interface Endpoint extends Target {
  /** The address of the API, without its query. */
  readonly baseUrl: string;
  /** The model's name there: on Azure that of its deployment. */
  readonly model: string;
  /** The caller's headers and those of the protocol, without the key. */
  readonly headers: Headers;
  /** The header that the key goes into. */
  readonly keyHeader: "authorization" | "api-key";
  /** The key, or a function that gives it; `undefined` when none is sent. */
  readonly apiKey: ApiKey | undefined;
  /** Values of the caller's headers and of the address' query: not to be shown. */
  readonly secrets: readonly string[];
}

/** Headers that hold a key in one provider or another. */
const keyHeaders = ["authorization", "api-key", "x-api-key", "cookie"];

const operation = "/chat/completions";

/**
 * Checks the options that say where requests go and with which key.
 *
 * @throws ModelOptionsError for an address, key or header that cannot work, for two keys, and for a key that would
 * travel unencrypted. The error holds no part of the key, the headers or the address' secrets.
 */
export function endpointOf(options: OpenAIModelOptions): Endpoint {
  const { azure } = options;
  const base = checkedBase(options);
  const headers = checkedHeaders(options.headers ?? {});
  const apiKey = options.apiKey === "" ? undefined : options.apiKey;
  const keyHeader = keyHeaderOf(azure);
  if (typeof apiKey === "string") checkKey(apiKey, "apiKey");
  if (apiKey !== undefined && headers.has(keyHeader)) {
    throw invalidOption("apiKey", `both apiKey and the header ${keyHeader} give a key. Leave one of them out.`);
  }
  const sendsKey = apiKey !== undefined || keyHeaders.some((name) => headers.has(name));
  if (sendsKey) checkEncrypted(base, "baseUrl", options.allowInsecure);
  if (!options.model) throw invalidOption("model", "model must name a model of the provider.");
  const model = azure?.deployment ?? options.model;
  const url = azure ? azureUrl(base, model, azure.apiVersion) : chatUrl(base);
  const shownUrl = url.origin + url.pathname;
  const baseUrl = shownUrl.slice(0, -operation.length);
  return {
    url,
    shownUrl,
    baseUrl,
    sendsKey,
    noKeyHint: `No apiKey was given: pass one for ${url.host}.`,
    notFoundHint: azure
      ? `Does ${url.host} have a deployment named "${model}", and does it know this version of the API?`
      : `Does baseUrl (${baseUrl}) end in /v1, and is the model's name "${model}" right?`,
    redirectHint: "if the new address is right, set baseUrl to it.",
    pageHint: `Does baseUrl (${baseUrl}) lead to the API? It mostly ends in /v1`,
    model,
    headers,
    keyHeader,
    apiKey,
    secrets: [...Object.values(options.headers ?? {}), ...base.searchParams.values()],
  };
}

function checkedBase({ azure, baseUrl }: OpenAIModelOptions): URL {
  if (azure && baseUrl === undefined) {
    throw invalidOption("baseUrl", "with azure, baseUrl must be the resource's address.");
  }
  const example = azure ? "https://acme.openai.azure.com" : presets.openai.baseUrl;
  const base = checkAddress(baseUrl ?? presets.openai.baseUrl, "baseUrl", example);
  if (base.pathname.endsWith(operation)) {
    throw invalidOption("baseUrl", `baseUrl must end before ${operation}, which is added to it.`);
  }
  return base;
}

function chatUrl(base: URL): URL {
  const url = new URL(base);
  url.pathname = `${base.pathname.replace(/\/+$/, "")}${operation}`;
  return url;
}

function checkedHeaders(given: Readonly<Record<string, string>>): Headers {
  const headers = new Headers({ "content-type": "application/json", accept: "text/event-stream, application/json" });
  for (const [name, value] of Object.entries(given)) {
    try {
      headers.set(name, value);
    } catch {
      throw invalidOption(
        "headers",
        `the header ${JSON.stringify(name)} has a name or value that HTTP does not allow.`,
      );
    }
  }
  return headers;
}
