import { isMediaRef, MediaRef } from "@smoltools/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import { withInlineMedia, withMedia } from "./media-values.ts";

const png = { mediaType: "image/png", name: "dot.png" };

const shapes = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constant("media"),
    fc.jsonValue(),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie("value"), { maxKeys: 4 }),
  ),
})).value;

it("media cross as JSON and are media again, at whatever depth", async () => {
  const property = fc.asyncProperty(fc.uint8Array(), shapes, async (bytes, shape) => {
    const value: unknown = JSON.parse(JSON.stringify(shape), (_key, part: unknown) =>
      part === "media" ? MediaRef.fromBytes(bytes, png) : part,
    );
    const crossed = withMedia(JSON.parse(JSON.stringify(await withInlineMedia(value))));
    expect(readable(crossed)).toEqual(readable(value));
  });
  await fc.assert(property);
});

/** Media with their bytes: their own `toJSON` leaves them out. */
function readable(value: unknown): unknown {
  if (isMediaRef(value)) return { ...value.toJSON(), bytes: [...(value.data ?? [])] };
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, readable(part)]));
}

it("media that are elsewhere keep their address, and those that can be fetched are", async () => {
  const url = "https://example.org/a.png";
  const there = await withInlineMedia([MediaRef.fromUrl(url, png)]);
  expect(there).toEqual([{ kind: "image", ...png, url, $media: url }]);
  expect(withMedia(there)).toMatchObject([{ url }]);
  const load = async (): Promise<Uint8Array> => new Uint8Array([1]);
  expect(await withInlineMedia(MediaRef.fromUrl(url, { ...png, load }))).toMatchObject({
    $media: "data:image/png;base64,AQ==",
  });
});

it("a value without media stays the very same", async () => {
  const value = { a: [1, { b: null }] };
  expect(await withInlineMedia(value)).toBe(value);
  expect(withMedia(value)).toBe(value);
});

it.each<[object]>([
  [{ $media: "data:image/png;base64,!!", kind: "image", mediaType: "image/png" }],
  [{ $media: "file:///etc/passwd", kind: "file", mediaType: "text/plain" }],
  [{ $media: "data:;base64,", mediaType: "none" }],
  [{ $media: 1, mediaType: "image/png" }],
  [{ kind: "image", mediaType: "image/png" }],
])("%j is no media, and stays as it is", (value) => {
  expect(withMedia(value)).toBe(value);
});
