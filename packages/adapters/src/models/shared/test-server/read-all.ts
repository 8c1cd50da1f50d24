import type { ModelDelta } from "@smoltools/core";

/** All deltas of an answer. */
export async function readAll(stream: AsyncIterable<ModelDelta>): Promise<ModelDelta[]> {
  const deltas: ModelDelta[] = [];
  for await (const delta of stream) deltas.push(delta);
  return deltas;
}
