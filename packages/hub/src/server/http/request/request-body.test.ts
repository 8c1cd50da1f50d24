import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { RequestBody } from "./request-body.ts";

function bodyOf(text: string): RequestBody {
  const stream: AsyncIterable<Buffer> = Readable.from([Buffer.from(text)]);
  return new RequestBody(Object.assign(stream, { headers: {} }));
}

test("a JSON object is read", async () => {
  expect(await bodyOf('{"a":1}').json(100)).toEqual({ a: 1 });
});

test("no body is an empty object", async () => {
  expect(await bodyOf("").json(100)).toEqual({});
});

test.each(["{", "[]", "null", "1", '"a"'])("%s is refused", async (text) => {
  await expect(bodyOf(text).json(100)).rejects.toMatchObject({ code: "HUB_BAD_REQUEST" });
});

test("a body over the limit is refused", async () => {
  await expect(bodyOf('{"a":1}').json(6)).rejects.toMatchObject({ code: "HUB_TOO_LARGE" });
});
