import type { Response } from "undici";
import { FetchError } from "../../errors/fetch-error.ts";

/**
 * Reads a body up to a limit, which counts what it is after decompression. A body whose length is told, and too large,
 * is not read at all.
 *
 * @throws FetchError `FETCH_TOO_LARGE`
 */
export async function readCapped(response: Response, maxBytes: number, host: string): Promise<Buffer> {
  const { body, headers } = response;
  if (body === null) return Buffer.alloc(0);
  if (Number(headers.get("content-length")) > maxBytes) throw tooLarge(host, maxBytes);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge(host, maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(host: string, maxBytes: number): FetchError {
  const message = `The answer of ${host} is larger than ${maxBytes} bytes (maxResponseBytes)`;
  return new FetchError(message, { code: "FETCH_TOO_LARGE", data: { host } });
}
