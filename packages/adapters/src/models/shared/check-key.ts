import { invalidOption } from "./errors/model-options-error.ts";

/**
 * Checks that a key can be sent in a header.
 *
 * @param apiKey - The key as it was given.
 * @param option - The option that gave it.
 * @returns The key without white space around it, such as the end of the line of the file it came from.
 * @throws ModelOptionsError which holds no part of the key.
 */
export function checkKey(apiKey: string, option: string): string {
  const key = apiKey.trim();
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw invalidOption(
      option,
      "the key holds characters that no key has, such as white space. Check how it was read.",
    );
  }
  return key;
}
