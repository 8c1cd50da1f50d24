import { Readable } from "node:stream";
import fc from "fast-check";
import { expect, test } from "vitest";
import { bodyLines } from "./body-lines.ts";
import { RequestBody } from "./request-body.ts";

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

function bodyOf(...chunks: Uint8Array[]): RequestBody {
  const stream: AsyncIterable<Buffer> = Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
  return new RequestBody(Object.assign(stream, { headers: {} }));
}

test.each([
  ["a\nb", ["a", "b"]],
  ["a\nb\n", ["a", "b"]],
  ["\n\na\n\n", ["a"]],
  ["", []],
])("%j is %j", async (text, lines) => {
  expect(await collect(bodyLines(bodyOf(Buffer.from(text)), 100))).toEqual(lines);
});

test("lines are the same however the body is cut into pieces", async () => {
  const line = fc.string({ unit: "binary-ascii", maxLength: 20 }).map((text) => text.replaceAll("\n", "é"));
  await fc.assert(
    fc.asyncProperty(fc.array(line), fc.array(fc.nat(80)), async (lines, cuts) => {
      const bytes = Buffer.from(lines.join("\n"));
      const places = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
      const chunks = places.slice(1).map((end, index) => bytes.subarray(places[index], end));
      const read = await collect(bodyLines(bodyOf(...chunks.filter(({ length }) => length > 0)), 1_000));
      expect(read).toEqual(lines.filter((text) => text !== ""));
    }),
  );
});

test.each([[["aaaa\n"]], [["aa", "aa"]], [["b\na", "aaa\n"]]])("%j has a line of over 3 bytes", async (chunks) => {
  const lines = bodyLines(bodyOf(...chunks.map((chunk) => Buffer.from(chunk))), 3);
  await expect(collect(lines)).rejects.toMatchObject({ code: "HUB_TOO_LARGE" });
});
