import { describe, expect, it } from "vitest";
import { isMediaRef, MediaRef } from "./media-ref.ts";

const bytes = Uint8Array.of(1, 2, 3);
const address = "https://example.org/ship.png";

describe("media", () => {
  it.each([
    ["image/png", "image"],
    ["image/svg+xml", "image"],
    ["audio/wav", "audio"],
    ["video/mp4", "video"],
    ["application/vnd.ms-excel", "file"],
    ["text/plain", "file"],
  ])("of the type %s are of the kind %s", (mediaType, kind) => {
    expect(MediaRef.fromBytes(bytes, { mediaType }).kind).toBe(kind);
  });

  it.each(["", "image", "image/", "/png", "image/png; charset=x", "image png", "image/png\n"])(
    "cannot be of the type %j",
    (mediaType) => {
      expect(() => MediaRef.fromBytes(bytes, { mediaType })).toThrow(
        expect.objectContaining({ code: "MEDIA_INVALID" }),
      );
    },
  );

  it("from bytes have them, in base64 too", async () => {
    const media = MediaRef.fromBytes(bytes, { mediaType: "image/png" });
    expect(await media.bytes()).toEqual(bytes);
    expect(media.toBase64()).toBe("AQID");
    expect(media.url).toBeUndefined();
  });

  it("from a data address have its bytes", async () => {
    const media = MediaRef.fromUrl("data:image/png;base64,AQID", { mediaType: "image/png" });
    expect(await media.bytes()).toEqual(bytes);
    expect(media.url).toBeUndefined();
  });

  it.each([
    "data:image/png,AQID",
    "data:image/png;base64,?",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "ship.png",
    "",
    "http://",
  ])("cannot be at %j", (url) => {
    expect(() => MediaRef.fromUrl(url, { mediaType: "image/png" })).toThrow(
      expect.objectContaining({ code: "MEDIA_INVALID" }),
    );
  });

  it("at an address say that nothing fetches them, where nothing does", async () => {
    const media = MediaRef.fromUrl(address, { mediaType: "image/png" });
    await expect(media.bytes()).rejects.toMatchObject({ code: "MEDIA_UNAVAILABLE" });
    expect(media.toBase64()).toBeUndefined();
    expect(media.url).toBe(address);
  });

  it("at an address are fetched when somebody reads them, with the reader's signal", async () => {
    const seen: unknown[] = [];
    const media = MediaRef.fromUrl(address, {
      mediaType: "image/png",
      load: async ({ signal }) => {
        seen.push(signal);
        return bytes;
      },
    });
    expect(seen).toEqual([]);
    const { signal } = new AbortController();
    expect(await media.bytes({ signal })).toEqual(bytes);
    expect(seen).toEqual([signal]);
  });

  it("show everything but their bytes in a log", () => {
    const media = MediaRef.fromBytes(bytes, { mediaType: "image/png", name: "ship.png" });
    expect(JSON.parse(JSON.stringify(media))).toEqual({
      kind: "image",
      mediaType: "image/png",
      name: "ship.png",
      size: 3,
    });
  });

  it("are known by their mark, and nothing else is taken for them", () => {
    expect(isMediaRef(MediaRef.fromBytes(bytes, { mediaType: "image/png" }))).toBe(true);
    for (const other of [undefined, null, "image", {}, { kind: "image", mediaType: "image/png" }, bytes]) {
      expect(isMediaRef(other)).toBe(false);
    }
  });
});
