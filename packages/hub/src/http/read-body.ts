import { HubError } from "../errors/hub-error.ts";

/**
 * Reads an answer's body up to a limit.
 *
 * @param maxBytes - Most bytes, after decompression; what is larger is not read on.
 * @throws HubError `HUB_RESPONSE_TOO_LARGE`.
 */
export async function readBody(response: Response, maxBytes: number, what: string): Promise<Uint8Array> {
  const announced = Number(response.headers.get("content-length") ?? 0);
  if (announced > maxBytes) {
    await response.body?.cancel();
    throw tooLarge(what, maxBytes);
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge(what, maxBytes); // Leaving the loop cancels the body.
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

function tooLarge(what: string, maxBytes: number): HubError {
  return new HubError(`${what} is larger than ${maxBytes} bytes: it was not read`, { code: "HUB_RESPONSE_TOO_LARGE" });
}
