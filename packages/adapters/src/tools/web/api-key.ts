import { isLoopback } from "../../shared/loopback.ts";
import { WebToolError } from "./web-tool-error.ts";

/** A key, or a function that gives it when it is needed. */
export type ApiKey = string | (() => string | Promise<string>);

/** Where a key comes from and where it goes. */
export interface KeySource {
  /** Who is asked. */
  service: string;
  /** What the caller gave. */
  apiKey: ApiKey | undefined;
  /** Environment variables that may hold it, the first that is set counts. */
  environment: readonly string[];
  /** Where it will be sent. */
  url: string;
  /** Where the service is by itself: the environment's key goes to no other host. */
  ownUrl: string;
}

/**
 * Finds the key of a service, at the time of the call.
 *
 * @throws WebToolError `WEB_KEY_MISSING`, or `WEB_OPTIONS_INVALID` for a key that cannot be sent or would travel
 *   unencrypted. Neither holds the key.
 */
export async function apiKeyOf({ service, apiKey, environment, url, ownUrl }: KeySource): Promise<string> {
  const isOwn = new URL(url).origin === new URL(ownUrl).origin;
  const given = typeof apiKey === "function" ? await apiKey() : apiKey;
  const key = (given ?? (isOwn ? fromEnvironment(environment) : undefined) ?? "").trim();
  if (key === "") {
    const variables = isOwn && environment.length > 0 ? ` or set ${environment.join(" or ")}` : "";
    const reason = isOwn ? "" : " (a key of the environment goes to the service's own address alone)";
    throw new WebToolError(`${service} needs a key: pass apiKey${variables}${reason}.`, {
      code: "WEB_KEY_MISSING",
      data: { service },
    });
  }
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw invalidKey(service, "the key holds characters that no key has");
  }
  if (new URL(url).protocol !== "https:" && !isLoopback(new URL(url))) {
    throw invalidKey(service, "the key would travel unencrypted: use an https: address");
  }
  return key;
}

function fromEnvironment(names: readonly string[]): string | undefined {
  return names.map((name) => process.env[name]).find((value) => value !== undefined && value.trim() !== "");
}

function invalidKey(service: string, why: string): WebToolError {
  return new WebToolError(`${service}: ${why}.`, {
    code: "WEB_OPTIONS_INVALID",
    data: { service, option: "apiKey" },
  });
}
