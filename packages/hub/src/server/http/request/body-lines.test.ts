import { Readable } from "node:stream";
import fc from "fast-check";
import { expect, test } from "vitest";
import { KeyedSemaphore } from "../../keyed-semaphore.ts";
import { bodyLines, type LineLimits } from "./body-lines.ts";
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

const limits = (maxLineBytes: number, gate = new KeyedSemaphore(1)): LineLimits => {
  return { maxLineBytes, gate, signal: new AbortController().signal };
};

test.each([
  ["a\nb", ["a", "b"]],
  ["a\nb\n", ["a", "b"]],
  ["\n\na\n\n", ["a"]],
  ["", []],
])("%j is %j", async (text, lines) => {
  expect(await collect(bodyLines(bodyOf(Buffer.from(text)), limits(100)))).toEqual(lines);
});

test("lines are the same however the body is cut into pieces", async () => {
  const line = fc.string({ unit: "binary-ascii", maxLength: 20 }).map((text) => text.replaceAll("\n", "é"));
  await fc.assert(
    fc.asyncProperty(fc.array(line), fc.array(fc.nat(80)), async (lines, cuts) => {
      const bytes = Buffer.from(lines.join("\n"));
      const places = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
      const chunks = places.slice(1).map((end, index) => bytes.subarray(places[index], end));
      const read = await collect(bodyLines(bodyOf(...chunks.filter(({ length }) => length > 0)), limits(1_000)));
      expect(read).toEqual(lines.filter((text) => text !== ""));
    }),
  );
});

test.each([[["aaaa\n"]], [["aa", "aa"]], [["b\na", "aaa\n"]]])("%j has a line of over 3 bytes", async (chunks) => {
  const lines = bodyLines(bodyOf(...chunks.map((chunk) => Buffer.from(chunk))), limits(3));
  await expect(collect(lines)).rejects.toMatchObject({ code: "HUB_TOO_LARGE" });
});

test("of large lines only as many are kept at once as there are places", async () => {
  const gate = new KeyedSemaphore(1);
  const large = [Buffer.alloc(600_000, "x"), Buffer.from("\n")];
  const first = bodyLines(bodyOf(...large), limits(1_000_000, gate));
  await first.next();
  let read = false;
  const waiting = collect(bodyLines(bodyOf(...large), limits(1_000_000, gate))).then(() => (read = true));
  await new Promise(setImmediate);
  expect(read).toBe(false);
  await first.next();
  await waiting;
  expect(read).toBe(true);
});

test("small lines wait for nobody", async () => {
  const gate = new KeyedSemaphore(1);
  using _place = await gate.enter("line");
  expect(await collect(bodyLines(bodyOf(Buffer.from("a\nb")), limits(100, gate)))).toEqual(["a", "b"]);
});
