import { ModelOptionsError } from "./errors/model-options-error.ts";
import type { ApiKey, OpenAICompatibleOptions } from "./options.ts";
import { presets } from "./presets.ts";
import { isLoopback } from "./util/loopback.ts";

/** Where a model is asked, and what may be said of it. */
export interface Endpoint {
  /** The address that requests go to; its query may hold a secret. */
  readonly url: URL;
  /** The address without its query, for messages. */
  readonly shownUrl: string;
  /** The base address without its query, for messages. */
  readonly baseUrl: string;
  readonly model: string;
  /** The caller's headers and those of the protocol, without the key. */
  readonly headers: Headers;
  /** Values of the caller's headers and of the address' query: not to be shown. */
  readonly secrets: readonly string[];
  /** The key, or a function that gives it; `undefined` when none is sent. */
  readonly apiKey: ApiKey | undefined;
  /** True when the key or a header tells the provider who asks. */
  readonly sendsKey: boolean;
}

/** Headers that hold a key in one provider or another. */
const keyHeaders = ["authorization", "api-key", "x-api-key", "cookie"];

/**
 * Checks the options that say where requests go and with which key.
 *
 * @throws ModelOptionsError for an address, key or header that cannot work, and for a key that would travel
 * unencrypted. The error holds no part of the key, the headers or the address' secrets.
 */
export function endpointOf(options: OpenAICompatibleOptions): Endpoint {
  const base = checkedBase(options.baseUrl ?? presets.openai.baseUrl);
  const headers = checkedHeaders(options.headers ?? {});
  const apiKey = options.apiKey === "" ? undefined : options.apiKey;
  if (typeof apiKey === "string") checkKey(apiKey);
  const sendsKey = apiKey !== undefined || keyHeaders.some((name) => headers.has(name));
  if (sendsKey && base.protocol !== "https:" && !isLoopback(base) && !options.allowInsecure) {
    throw new ModelOptionsError(
      "MODEL_INSECURE_URL",
      "baseUrl",
      `${base.origin} is not https, so the key would travel unencrypted. Use https, leave the key out, or set ` +
        `allowInsecure: true if the network between is yours.`,
    );
  }
  if (!options.model) throw invalid("model", "model must name a model of the provider.");
  const url = new URL(base);
  url.pathname = `${base.pathname.replace(/\/+$/, "")}/chat/completions`;
  const shown = url.origin + url.pathname;
  return {
    url,
    shownUrl: shown,
    baseUrl: shown.slice(0, -"/chat/completions".length),
    model: options.model,
    headers,
    secrets: [...Object.values(options.headers ?? {}), ...base.searchParams.values()],
    apiKey,
    sendsKey,
  };
}

/**
 * Checks that a key can be sent in a header.
 *
 * @returns The key without white space around it, such as the end of the line of the file it came from.
 */
export function checkKey(apiKey: string): string {
  const key = apiKey.trim();
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw invalid("apiKey", "the key holds characters that no key has, such as white space. Check how it was read.");
  }
  return key;
}

function checkedBase(baseUrl: string): URL {
  const base = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (!base || (base.protocol !== "https:" && base.protocol !== "http:")) {
    throw invalid("baseUrl", `baseUrl must be an http or https address such as "${presets.openai.baseUrl}".`);
  }
  if (base.username || base.password) {
    throw invalid("baseUrl", "baseUrl must not hold a user name or password. Pass apiKey or headers.");
  }
  if (base.pathname.endsWith("/chat/completions")) {
    throw invalid("baseUrl", "baseUrl must end before /chat/completions, which is added to it.");
  }
  base.hash = "";
  return base;
}

function checkedHeaders(given: Readonly<Record<string, string>>): Headers {
  const headers = new Headers({ "content-type": "application/json", accept: "text/event-stream, application/json" });
  for (const [name, value] of Object.entries(given)) {
    try {
      headers.set(name, value);
    } catch {
      throw invalid("headers", `the header ${JSON.stringify(name)} has a name or value that HTTP does not allow.`);
    }
  }
  return headers;
}

function invalid(option: string, message: string): ModelOptionsError {
  return new ModelOptionsError("MODEL_OPTIONS_INVALID", option, message);
}
