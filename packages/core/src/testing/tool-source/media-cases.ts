import { isMediaRef, MediaRef } from "../../media/media-ref.ts";
import { encodeBase64 } from "../../media/base64.ts";
import { expect, expectEqual } from "../sandbox-case.ts";
import { type SourceCase, toolCase } from "./source-case.ts";
import { fixture } from "./source-fixture.ts";

/** A red dot of one pixel. */
const dot =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==";
const image = MediaRef.fromUrl(dot, { mediaType: "image/png" });
const sound = MediaRef.fromBytes(new Uint8Array([82, 73, 70, 70, 0, 255, 128, 10]), { mediaType: "audio/wav" });

/** Images and sounds as results. */
export const mediaCases: readonly SourceCase[] = [
  toolCase("gives an image as a MediaRef", () => ({
    tool: fixture({ execute: () => image }),
    check: async (tool) => expectMedia(await tool.call({}), [image]),
  })),
  toolCase("gives a sound as a MediaRef", () => ({
    tool: fixture({ execute: () => sound }),
    check: async (tool) => expectMedia(await tool.call({}), [sound]),
  })),
  toolCase("gives a text and two images together", () => ({
    tool: fixture({ execute: () => ["two red dots", image, image] }),
    check: async (tool) => {
      const result = await tool.call({});
      await expectMedia(result, [image, image]);
      expect(leavesOf(result).includes("two red dots"), "the text is not in the result");
    },
  })),
];

async function expectMedia(result: unknown, expected: readonly MediaRef[]): Promise<void> {
  const found = leavesOf(result).filter(isMediaRef);
  expectEqual(
    await Promise.all(found.map(async (media) => [media.mediaType, encodeBase64(await media.bytes())])),
    expected.map((media) => [media.mediaType, media.toBase64()]),
    "the media in the result",
  );
}

/** All that a value holds, at whatever depth. */
function leavesOf(value: unknown): unknown[] {
  if (typeof value !== "object" || value === null || isMediaRef(value)) return [value];
  return Object.values(value).flatMap(leavesOf);
}
