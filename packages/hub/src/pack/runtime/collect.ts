// Bundled into tool packages whose functions return streams. It imports nothing.

/** Where a collection ends, if the stream does not. */
export interface CollectOptions {
  /** Largest list, as JSON, in bytes; the sandbox would refuse a larger one. */
  maxResultBytes?: number;
  signal?: AbortSignal;
}

type Items = AsyncIterator<unknown> | Iterator<unknown>;

/**
 * Gathers the items of a stream in a list, since a tool hands out its result at once. The stream is told when nobody
 * wants more of it, so that its `finally` runs: when there is too much, when the signal is aborted, and when it fails.
 *
 * @param encode - Makes JSON of an item, now or later.
 */
export async function collect(
  stream: unknown,
  encode: (item: unknown) => unknown,
  { maxResultBytes = Number.POSITIVE_INFINITY, signal }: CollectOptions = {},
): Promise<unknown[]> {
  const iterator = iteratorOf(stream);
  const list: unknown[] = [];
  let size = 2;
  let isOver = false;
  try {
    for (;;) {
      signal?.throwIfAborted();
      const next = await untilAborted(iterator.next(), signal);
      if (next.done) {
        isOver = true;
        return list;
      }
      const item = (await encode(next.value)) ?? null;
      size += bytesOf(item) + 1;
      if (size > maxResultBytes) {
        throw new RangeError(
          `it streams more than the ${maxResultBytes} bytes that a result may have: ask for less, or end the stream`,
        );
      }
      list.push(item);
    }
  } finally {
    // A generator that is waiting cannot end before what it waits for: nobody waits for that.
    if (!isOver)
      void Promise.resolve()
        .then(() => iterator.return?.())
        .catch(() => undefined);
  }
}

function iteratorOf(stream: unknown): Items {
  const source = (stream ?? {}) as Partial<AsyncIterable<unknown> & Iterable<unknown> & ReadableStream<unknown>>;
  const iterator = source[Symbol.asyncIterator]?.() ?? (source.getReader && readerIterator(source.getReader()));
  const items = iterator ?? source[Symbol.iterator]?.();
  if (!items) throw new TypeError("it was to return a stream, and returned something else");
  return items;
}

/** Streams of the web are not iterable everywhere. */
function readerIterator(reader: ReadableStreamDefaultReader<unknown>): AsyncIterator<unknown> {
  return {
    next: async () => {
      const { done, value } = await reader.read();
      return done ? { done, value: undefined } : { done, value };
    },
    return: async () => {
      await reader.cancel();
      return { done: true, value: undefined };
    },
  };
}

function bytesOf(item: unknown): number {
  const text = JSON.stringify(item);
  let bytes = text.length;
  // What is not ASCII takes two or three bytes, or four as a pair.
  for (const char of text.match(/[^\0-\x7f]/g) ?? []) bytes += char < "\u0800" || /[\ud800-\udfff]/.test(char) ? 1 : 2;
  return bytes;
}

/** What is waited for, unless the signal is aborted before. */
function untilAborted<T>(work: T | Promise<T>, signal: AbortSignal | undefined): T | Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error);
    signal.addEventListener("abort", onAbort, { once: true });
    const forget = (): void => signal.removeEventListener("abort", onAbort);
    void Promise.resolve(work).then(resolve, reject).finally(forget);
  });
}
