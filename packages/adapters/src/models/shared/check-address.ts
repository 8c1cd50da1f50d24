import { invalidOption, ModelOptionsError } from "./errors/model-options-error.ts";
import { isLoopback } from "../../shared/loopback.ts";

/**
 * Checks that an option holds the address of an API.
 *
 * @param address - What was given.
 * @param option - The option's name.
 * @param example - What it may look like.
 * @throws ModelOptionsError which holds no part of the address.
 */
export function checkAddress(address: string, option: string, example: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw invalidOption(option, `${option} must be an http or https address such as "${example}".`);
  }
  if (url.username || url.password) {
    throw invalidOption(option, `${option} must not hold a user name or password. Pass the key by its own option.`);
  }
  url.hash = "";
  return url;
}

/**
 * Checks that a key reaches an address encrypted, or without leaving the machine.
 *
 * @param url - Where the key goes.
 * @param option - The option that names the address.
 * @param allowInsecure - True when the caller takes the risk.
 * @throws ModelOptionsError `MODEL_INSECURE_URL`.
 */
export function checkEncrypted(url: URL, option: string, allowInsecure: boolean | undefined): void {
  if (url.protocol === "https:" || isLoopback(url) || allowInsecure) return;
  throw new ModelOptionsError(
    "MODEL_INSECURE_URL",
    option,
    `${url.origin} is not https, so the key would travel unencrypted. Use https, leave the key out, or set ` +
      `allowInsecure: true if the network between is yours.`,
  );
}
