import { expect, it } from "vitest";
import { eventData } from "./event-data.ts";

async function read(chunks: Iterable<Uint8Array>): Promise<string[]> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  const found: string[] = [];
  for await (const data of eventData(body, () => undefined)) found.push(data);
  return found;
}

it("characters and events are whole however their bytes are cut, and half an event at the end is none", async () => {
  const bytes = new TextEncoder().encode(": hi\r\nid: 1\r\ndata: ü🌊\r\n\r\ndata: a\ndata:b\n\ndata: c\n");
  expect(await read([...bytes].map((_, index) => bytes.subarray(index, index + 1)))).toEqual(["ü🌊", "a\nb"]);
});

it("one long line in many pieces is read in time linear to its length", async () => {
  const piece = new TextEncoder().encode("x".repeat(1000));
  const [line = ""] = await read([
    new TextEncoder().encode("data: "),
    ...Array.from({ length: 30_000 }, () => piece),
    new TextEncoder().encode("\n\n"),
  ]);
  expect(line).toHaveLength(30_000_000);
});
