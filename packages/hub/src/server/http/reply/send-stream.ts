import type { ServerResponse } from "node:http";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { hasCode } from "../../../shared/has-code.ts";

/**
 * Sends a stream as the body of an answer, no faster than the client reads it. Both are closed afterwards, whatever
 * happens.
 *
 * @param onFailure - Is told when the stream broke. Its reader sees the connection end too early.
 */
export async function sendStream(
  stream: Readable,
  response: ServerResponse,
  signal: AbortSignal,
  onFailure: (error: unknown) => void,
): Promise<void> {
  try {
    await pipeline(stream, response, { signal });
  } catch (error) {
    // A client that goes away is no failure of the hub.
    if (!signal.aborted && !hasCode(error, "ERR_STREAM_PREMATURE_CLOSE", "ECONNRESET", "EPIPE")) onFailure(error);
  }
}
