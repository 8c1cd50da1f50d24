import { readBody } from "../http/read-body.ts";

/** Largest answer to something that is sent, in bytes. */
const maxAnswerBytes = 1024 * 1024;

/**
 * A fetch for the official client, which reads answers whole and without a limit: here they are read up to one, and
 * within the time that they may take.
 */
export function cappedFetch(
  fetch: typeof globalThis.fetch,
  what: string,
  signal: AbortSignal | undefined,
): typeof globalThis.fetch {
  return async (input, init) => {
    const signals = [init?.signal, signal].filter((one) => one instanceof AbortSignal);
    const response = await fetch(input, { ...init, signal: AbortSignal.any(signals) });
    const { status, statusText, headers } = response;
    const body = await readBody(response, maxAnswerBytes, what);
    return new Response(body.byteLength === 0 ? null : new Uint8Array(body), { status, statusText, headers });
  };
}
