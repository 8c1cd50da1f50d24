// Requests with an end: in time, in size, by a signal. It uses nothing but what every sandbox has.

/** Largest answer, in bytes. A sandbox may let less through. */
export const maxAnswerBytes = 16 * 1024 * 1024;

/**
 * Sends a request and has its answer read, within a time.
 *
 * @param {string} url
 * @param {RequestInit & { what: string, timeoutMs: number, signal?: AbortSignal }} request - `what` names it in errors.
 * @param {(response: Response) => unknown} read - Reads the answer. What it leaves unread is given up.
 */
export async function ask(url, { what, timeoutMs, signal, ...init }, read) {
  signal?.throwIfAborted();
  const end = new AbortController();
  const onAbort = () => end.abort(signal.reason);
  signal?.addEventListener("abort", onAbort, { once: true });
  const timer = setTimeout(() => end.abort(new Error(`${what} took longer than ${timeoutMs} ms`)), timeoutMs);
  try {
    return await read(await fetch(url, { ...init, signal: end.signal }));
  } catch (error) {
    if (end.signal.aborted) throw end.signal.reason;
    // What Node.js says of a connection that failed stands in the cause.
    const why = error?.message === "fetch failed" && error.cause?.message;
    throw why ? new Error(`${what} failed: ${why}`, { cause: error }) : error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
    end.abort();
  }
}

/**
 * The texts of an answer as they come. Where answers are no streams, as in sandboxes, there is one.
 *
 * @param {Response} response
 */
export async function* texts(response) {
  for await (const part of parts(response)) yield part.text;
}

/** The whole text of an answer. */
export async function textOf(response) {
  const all = [];
  for await (const { text } of parts(response)) all.push(text);
  return all.join("");
}

/** The bytes of an answer. */
export async function bytesOf(response, maxBytes = maxAnswerBytes) {
  if (Number(response.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const pieces = [];
  let size = 0;
  for await (const piece of piecesOf(response)) {
    size += piece.length;
    if (size > maxBytes) throw tooLarge(maxBytes);
    pieces.push(piece);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

async function* parts(response) {
  if (Number(response.headers.get("content-length") ?? 0) > maxAnswerBytes) throw tooLarge(maxAnswerBytes);
  const reader = response.body?.getReader?.();
  if (!reader) {
    const text = await response.text();
    if (text.length > maxAnswerBytes) throw tooLarge(maxAnswerBytes);
    yield { text };
    return;
  }
  const decoder = new TextDecoder();
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.length;
    if (bytes > maxAnswerBytes) throw tooLarge(maxAnswerBytes);
    yield { text: decoder.decode(value, { stream: true }) };
  }
  yield { text: decoder.decode() };
}

/** In a sandbox, whose answers are no streams, there is one piece. */
async function* piecesOf(response) {
  const reader = response.body?.getReader?.();
  if (!reader) return yield new Uint8Array(await response.arrayBuffer());
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

function tooLarge(maxBytes) {
  return new Error(`The answer has more than ${maxBytes} bytes`);
}
