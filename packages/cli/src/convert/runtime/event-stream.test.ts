import fc from "fast-check";
import { expect, it } from "vitest";
import { loadRuntime } from "../source/runtime-module.ts";

interface ReadEvent {
  event: string;
  data: string;
  id?: string;
  retryMs?: number;
}

const { events } = (await loadRuntime("event-stream.js")) as {
  events(texts: AsyncIterable<string>): AsyncIterable<ReadEvent>;
};

async function* pieces(texts: readonly string[]): AsyncGenerator<string> {
  yield* texts;
}

async function read(texts: readonly string[]): Promise<ReadEvent[]> {
  const found: ReadEvent[] = [];
  for await (const event of events(pieces(texts))) found.push(event);
  return found;
}

it("reads names, ids, waits and data of several lines, and skips comments", async () => {
  const text = ": hello\nevent: complete\ndata: 1\ndata:2\nid: 7\nretry: 50\n\ndata\n\n\nevent: none\n\ndata: cut off";
  expect(await read([text])).toEqual([
    { event: "complete", data: "1\n2", id: "7", retryMs: 50 },
    { event: "message", data: "", id: undefined, retryMs: undefined },
  ]);
});

it("reads the same events whatever the pieces and the ends of lines are", async () => {
  const line = fc.constantFrom("data: a", "data:", "id: 1", "event: x", ": c", "", "");
  const ends = fc.constantFrom("\n", "\r\n", "\r");
  const cuts = fc.array(fc.nat(200), { maxLength: 8 });
  const property = fc.asyncProperty(fc.array(line, { maxLength: 20 }), ends, cuts, async (lines, end, at) => {
    const text = `${lines.join(end)}${end}`;
    const places = [0, ...at.map((cut) => Math.min(cut, text.length)).sort((one, other) => one - other), text.length];
    const texts = places.slice(1).map((to, index) => text.slice(places[index], to));
    expect(await read(texts)).toEqual(await read([lines.join("\n"), "\n"]));
  });
  await fc.assert(property);
});
