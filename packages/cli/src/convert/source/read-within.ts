import { errorMessage, isSmoltoolsError } from "@smoltools/core";
import { ConvertError } from "../convert-error.ts";
import type { ConvertOptions } from "../convert-options.ts";

/**
 * Reads something of a source within the time there is.
 *
 * @param source - Names it in errors.
 * @throws ConvertError `CONVERT_SOURCE_UNREACHABLE`, without the token that was sent.
 */
export async function readWithin<Result>(
  source: string,
  { signal: caller, timeoutMs, token, env, environment }: ConvertOptions,
  read: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  caller.throwIfAborted();
  const end = new AbortController();
  const onAbort = (): void => end.abort(caller.reason);
  caller.addEventListener("abort", onAbort, { once: true });
  const late = new Error(`it did not answer within ${timeoutMs} ms`);
  const timer = setTimeout(() => end.abort(late), timeoutMs);
  try {
    return await read(end.signal);
  } catch (error) {
    caller.throwIfAborted();
    if (isSmoltoolsError(error, "ADAPTER_PEER_MISSING")) throw error;
    const secrets = [token, ...env.map((name) => environment[name])].filter((secret) => secret !== undefined);
    const said = errorMessage(end.signal.aborted ? late : error);
    const message = secrets.reduce((text, secret) => (secret === "" ? text : text.replaceAll(secret, "***")), said);
    throw new ConvertError(`${source} cannot be read: ${message}`, {
      code: "CONVERT_SOURCE_UNREACHABLE",
      data: { source },
    });
  } finally {
    clearTimeout(timer);
    caller.removeEventListener("abort", onAbort);
  }
}
