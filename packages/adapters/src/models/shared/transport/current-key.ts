import type { ApiKey } from "../chat-options.ts";
import { checkKey } from "../check-key.ts";
import type { ProviderErrors } from "../errors/provider-errors.ts";
import { untilAborted } from "../../../shared/async/until-aborted.ts";

/**
 * The key of one attempt.
 *
 * @param key - What the options hold; a text in it is checked already.
 * @param option - The option's name.
 * @param errors - Says that a function failed to give the key.
 * @param signal - Ends the wait for it.
 * @returns `undefined` when none is to be sent.
 */
export async function currentKey(
  key: ApiKey | undefined,
  option: string,
  errors: ProviderErrors,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (typeof key !== "function") return key?.trim() || undefined;
  try {
    const given = await untilAborted(Promise.resolve().then(key), signal);
    return given === "" ? undefined : checkKey(given, option);
  } catch (error) {
    signal.throwIfAborted();
    throw errors.noKey(error);
  }
}
