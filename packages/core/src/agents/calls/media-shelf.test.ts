import { describe, expect, it } from "vitest";
import { MediaRef } from "../../media/media-ref.ts";
import { MediaShelf } from "./media-shelf.ts";

const image = MediaRef.fromBytes(Uint8Array.of(1), { mediaType: "image/png", name: "ship.png" });
const sound = MediaRef.fromBytes(Uint8Array.of(2), { mediaType: "audio/wav" });

describe("a shelf of media", () => {
  it("gives each media one name, by its kind and its place", () => {
    const shelf = new MediaShelf();
    expect([image, sound, image].map((media) => shelf.put(media).$media)).toEqual(["image_1", "audio_2", "image_1"]);
    expect(shelf.get("audio_2")).toBe(sound);
    expect(shelf.get("image_9")).toBeUndefined();
  });

  it("hands out all that is known but the bytes", () => {
    expect(new MediaShelf().put(image)).toEqual({
      $media: "image_1",
      kind: "image",
      mediaType: "image/png",
      name: "ship.png",
    });
  });

  it.each<[string, unknown]>([
    ["media alone", image],
    ["media in a list", [1, image, "a"]],
    ["media in an object", { photo: { of: [image, sound] }, none: null }],
    ["the same media twice", [image, image]],
    ["no media", { a: [1, { b: undefined }], c: new Date(0) }],
    ["a map", new Map([["a", 1]])],
  ])("gives back %s as they were put there", (_title, value) => {
    const shelf = new MediaShelf();
    expect(shelf.unshelve(shelf.shelve(value))).toStrictEqual(value);
  });

  it("keeps bytes as they are, as a file of so many bytes", () => {
    const shelf = new MediaShelf();
    const bytes = Uint8Array.of(1, 2, 3);
    const handles = shelf.shelve([bytes]);
    expect(handles).toEqual([{ $media: "file_1", kind: "file", mediaType: "application/octet-stream", size: 3 }]);
    expect(shelf.unshelve(handles)).toEqual([bytes]);
    expect(shelf.mediaIn(handles)).toEqual([]);
  });

  it("hands out a value without media as it is", () => {
    const value = { a: [1, 2], b: { c: "d" } };
    expect(new MediaShelf().shelve(value)).toBe(value);
  });

  it("leaves the value itself alone", () => {
    const value = { photo: image };
    new MediaShelf().shelve(value);
    expect(value.photo).toBe(image);
  });

  it.each([{ $media: "image_7" }, { $media: 1 }, { $media: null }, { $media: "__proto__" }])(
    "takes the unknown handle %j for data",
    (handle) => {
      const shelf = new MediaShelf();
      shelf.put(image);
      expect(shelf.unshelve({ handle })).toEqual({ handle });
    },
  );

  it("forgets names and media together", () => {
    const shelf = new MediaShelf();
    shelf.put(sound);
    shelf.put(image);
    shelf.clear();
    expect(shelf.get("image_2")).toBeUndefined();
    expect(shelf.put(image).$media).toBe("image_1");
    expect(shelf.get("image_1")).toBe(image);
  });

  it("lists the media of a value once each, in order", () => {
    const shelf = new MediaShelf();
    const handles = shelf.shelve([sound, { a: image }, sound]);
    expect(shelf.mediaIn(handles)).toEqual([sound, image]);
    expect(shelf.mediaIn("image_1")).toEqual([]);
  });

  it("takes values that contain themselves, again and again", () => {
    interface Node {
      photo: MediaRef;
      all: Node[];
    }
    const nodes: Node[] = Array.from({ length: 30 }, () => ({ photo: image, all: [] }));
    for (const node of nodes) node.all = nodes;
    expect(() => new MediaShelf().shelve(nodes)).not.toThrow();
  });

  it("finds media that stand in two places of a value", () => {
    const shared = { photo: image };
    expect(new MediaShelf().shelve([shared, { again: shared }])).toEqual([
      { photo: expect.objectContaining({ $media: "image_1" }) },
      { again: { photo: expect.objectContaining({ $media: "image_1" }) } },
    ]);
  });
});
