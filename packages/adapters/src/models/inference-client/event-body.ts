import type { ChunkSource } from "../shared/answer/chunk-source.ts";

const encoder = new TextEncoder();

/**
 * Writes chunks as the stream of events that the library reads: one event a chunk, whatever form the server sent them
 * in. Nothing is read ahead, so that the source is where the library is.
 *
 * @param source - The chunks.
 * @param failed - Told what the source failed with, which is also what the reader of the body gets.
 */
export function eventBody(source: ChunkSource, failed: (error: unknown) => void): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        try {
          const chunk = await source.next();
          if (!chunk) {
            controller.close();
            return;
          }
          // The library takes a field named "error" for one, also where it is null.
          const { error: _, ...said } = chunk;
          controller.enqueue(encoder.encode(`data: ${JSON.stringify(said)}\n\n`));
        } catch (error) {
          failed(error);
          controller.error(error);
        }
      },
    },
    { highWaterMark: 0 },
  );
}
