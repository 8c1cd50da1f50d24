import fc from "fast-check";
import { expect, it } from "vitest";
import { eventData } from "./event-lines.ts";

async function read(chunks: readonly Uint8Array[]): Promise<string[]> {
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

it("events are the same however their bytes are cut, and whatever ends their lines", async () => {
  const text = fc.string({ unit: "grapheme" }).map((value) => JSON.stringify(value));
  const ending = fc.constantFrom("\n", "\r\n", "\r");
  await fc.assert(
    fc.asyncProperty(
      fc.array(text, { maxLength: 5 }),
      ending,
      fc.array(fc.nat(), { maxLength: 20 }),
      async (events, end, cuts) => {
        const written = events.map((data) => `: note${end}id: 1${end}data: ${data}${end}${end}`).join("");
        const bytes = new TextEncoder().encode(`${written}: end${end}`);
        const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
        const chunks = places.slice(1).map((place, index) => bytes.subarray(places[index], place));
        expect(await read(chunks)).toEqual(events);
      },
    ),
  );
});

it("several lines of data are one event", async () => {
  expect(await read([new TextEncoder().encode("data: a\ndata:b\n\n\n\ndata: c")])).toEqual(["a\nb"]);
});
