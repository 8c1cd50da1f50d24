/**
 * The bytes of a stream from one place to another. The stream is closed when the last of them came.
 *
 * @param start - Bytes to leave out at the front.
 * @param end - The last byte to give.
 */
export async function* cutStream(stream: AsyncIterable<Buffer>, start: number, end: number): AsyncGenerator<Buffer> {
  let at = 0;
  for await (const chunk of stream) {
    const from = Math.max(start - at, 0);
    const to = Math.min(end + 1 - at, chunk.length);
    if (from < to) yield chunk.subarray(from, to);
    at += chunk.length;
    if (at > end) return;
  }
}
