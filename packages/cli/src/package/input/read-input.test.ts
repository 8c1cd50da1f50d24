import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import { readInput } from "./read-input.ts";

const { signal } = new AbortController();

it("reads a JSON object, from standard input as well", async () => {
  expect(await readInput(undefined, signal)).toEqual({});
  expect(await readInput('{"a":1}', signal)).toEqual({ a: 1 });
  expect(await readInput("-", signal, () => PassThrough.from(['{"a"', ":2}"]))).toEqual({ a: 2 });
});

it.each(["{", "[]", "null", "1", '"{}"', "@no-such-file"])("refuses %s", async (text) => {
  await expect(readInput(text, signal)).rejects.toMatchObject({ code: "USAGE" });
});

it("stops waiting for standard input when the command is ended", async () => {
  const end = new AbortController();
  const reading = readInput("-", end.signal, () => new PassThrough());
  end.abort(new Error("enough"));
  await expect(reading).rejects.toThrow(/abort/);
});
