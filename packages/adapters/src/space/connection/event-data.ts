import { EventStreamParser } from "../../shared/event-stream.ts";

/**
 * The data of the events of a `text/event-stream`, in their order. An event that is not complete at the end does not
 * count.
 *
 * @param onBytes - Told whenever something came, comments and halves of events too.
 */
export async function* eventData(
  body: ReadableStream<Uint8Array>,
  onBytes: () => void,
): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  const parser = new EventStreamParser();
  for await (const bytes of body) {
    onBytes();
    for (const { data } of parser.push(decoder.decode(bytes, { stream: true }))) yield data;
  }
}
