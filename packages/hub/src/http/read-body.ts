import { HubError } from "../errors/hub-error.ts";

/** Longest silence in the middle of an answer, in milliseconds. */
const defaultStallMs = 30_000;

/** Slowest answer that is read, in bytes a millisecond. A drop now and then would else keep a reader for ever. */
const leastRate = 1;

/**
 * Reads an answer's body up to a limit.
 *
 * @param maxBytes - Most bytes, after decompression; what is larger is not read on.
 * @param stallMs - Longest time without a byte. As long again, and a second for each 1000 bytes, is what the whole
 *   may take.
 * @throws HubError `HUB_RESPONSE_TOO_LARGE`, `HUB_TIMEOUT` when nothing comes any more or too little,
 *   `HUB_UNAVAILABLE` when the connection breaks.
 */
export async function readBody(
  response: Response,
  maxBytes: number,
  what: string,
  stallMs: number = defaultStallMs,
): Promise<Uint8Array> {
  const announced = Number(response.headers.get("content-length") ?? 0);
  if (announced > maxBytes) {
    await response.body?.cancel();
    throw tooLarge(what, maxBytes);
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  const begin = performance.now();
  for (let chunk = await next(reader, what, stallMs); chunk; chunk = await next(reader, what, stallMs)) {
    size += chunk.byteLength;
    if (size > maxBytes) {
      await reader?.cancel();
      throw tooLarge(what, maxBytes);
    }
    chunks.push(chunk);
    if (performance.now() - begin > stallMs + size / leastRate) {
      await reader?.cancel();
      throw broken("HUB_TIMEOUT", `${what}: only ${size} bytes came in ${Math.round(performance.now() - begin)} ms`);
    }
  }
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

type Reader = ReadableStreamDefaultReader<Uint8Array>;

/** The next piece of a body; `undefined` at its end. */
async function next(reader: Reader | undefined, what: string, stallMs: number): Promise<Uint8Array | undefined> {
  if (!reader) return undefined;
  let timer: NodeJS.Timeout | undefined;
  const stalled = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(broken("HUB_TIMEOUT", `${what}: nothing came for ${stallMs} ms`)), stallMs);
  });
  try {
    return (await Promise.race([reader.read(), stalled])).value;
  } catch (error) {
    await reader.cancel().catch(() => {});
    // An abort of the caller's own stays what it is.
    if (error instanceof HubError || !(error instanceof TypeError)) throw error;
    throw broken("HUB_UNAVAILABLE", `${what}: the connection broke off in the middle of the answer`, error);
  } finally {
    clearTimeout(timer);
  }
}

function broken(code: "HUB_TIMEOUT" | "HUB_UNAVAILABLE", message: string, cause?: unknown): HubError {
  return new HubError(`${message}. Try again`, { code, cause });
}

function tooLarge(what: string, maxBytes: number): HubError {
  return new HubError(`${what} is larger than ${maxBytes} bytes: it was not read`, { code: "HUB_RESPONSE_TOO_LARGE" });
}
