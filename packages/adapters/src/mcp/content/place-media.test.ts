import { MediaRef } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { placeMedia, takeMedia } from "./place-media.ts";

const image = MediaRef.fromBytes(new Uint8Array([1]), { mediaType: "image/png" });

describe("media in a value", () => {
  it("are taken out and put back where they stood", () => {
    const value = { a: [{ "b/c~d": image }, 1], ["__proto__"]: [image] };
    const { value: plain, places } = takeMedia(value, () => 0);
    expect(JSON.stringify(plain)).not.toContain("MediaRef");
    expect(placeMedia(JSON.parse(JSON.stringify(plain)), [[image]], places)).toEqual(value);
  });

  it.each([
    ["", image],
    ["/list/1", { list: [1, image], text: "abc" }],
    ["/list/2", { list: [1, 2], text: "abc" }],
    ["/list/length", { list: [1, 2], text: "abc" }],
    ["/text/0", { list: [1, 2], text: "abc" }],
    ["/new", { list: [1, 2], text: "abc" }],
    ["/toString", { list: [1, 2], text: "abc" }],
    ["/list/0/x", { list: [1, 2], text: "abc" }],
  ])("are put at %s only where something stands there", (pointer, expected) => {
    expect(placeMedia({ list: [1, 2], text: "abc" }, [[image]], [[pointer, 0]])).toEqual(expected);
  });

  it("are put at hundreds of thousands of places in no more time than there are places", () => {
    const places = Array.from({ length: 300_000 }, (_, index) => [`/${index}`, 0]);
    const placed = placeMedia(
      places.map(() => 0),
      [[image]],
      places,
    );
    expect(placed).toEqual(places.map(() => image));
  });
});
