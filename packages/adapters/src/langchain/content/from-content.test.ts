import { isMediaRef } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { fromContent } from "./from-content.ts";

const data = "iVBORw==";
const png = { kind: "image", mediaType: "image/png", size: 4 };

/** What a value says of itself, media as their description. */
function shown(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

describe("a block of content", () => {
  it.each<[string, object, unknown]>([
    ["of a text", { type: "text", text: "hi" }, "hi"],
    ["of a plain text", { type: "text-plain", text: "hi" }, "hi"],
    ["with an image's address", { type: "image_url", image_url: `data:image/png;base64,${data}` }, png],
    [
      "with an image's address in an object",
      { type: "image_url", image_url: { url: `data:image/png;base64,${data}` } },
      png,
    ],
    ["of LangChain 1", { type: "image", mimeType: "image/png", data }, png],
    ["of LangChain 1 with bytes", { type: "image", mimeType: "image/png", data: new Uint8Array(4) }, png],
    ["of LangChain 0.3", { type: "image", source_type: "base64", mime_type: "image/png", data }, png],
    ["of Anthropic", { type: "image", source: { type: "base64", media_type: "image/png", data } }, png],
    [
      "of OpenAI's sounds",
      { type: "input_audio", input_audio: { data, format: "mp3" } },
      { kind: "audio", mediaType: "audio/mp3", size: 4 },
    ],
    [
      "without a media type",
      { type: "audio", source_type: "base64", data },
      { kind: "audio", mediaType: "audio/wav", size: 4 },
    ],
    [
      "that is elsewhere",
      { type: "file", source_type: "url", url: "https://example.org/report.pdf?x=1" },
      { kind: "file", mediaType: "application/pdf", url: "https://example.org/report.pdf?x=1" },
    ],
    ["of a file that is a text", { type: "file", source_type: "text", text: "hi" }, "hi"],
  ])("%s is understood", (_name, block, expected) => {
    expect(shown(fromContent([block]))).toEqual(expected);
    expect(typeof expected === "string" || isMediaRef(fromContent([block]))).toBe(true);
  });

  it("that is unknown stays what it is beside those that are known", () => {
    expect(
      fromContent([
        { type: "text", text: "hi" },
        { type: "file", fileId: "f" },
      ]),
    ).toEqual(["hi", { type: "file", fileId: "f" }]);
  });

  it.each([["text"], [[]], [[1, 2]], [[{ type: "dog", text: 1 }]], [{ type: "text", text: "alone" }], [null]])(
    "is not seen in %j",
    (value) => {
      expect(fromContent(value)).toBe(value);
    },
  );

  it.each([[{ type: "image", data: "%%%" }], [{ type: "image_url", image_url: "file:///etc/passwd" }]])(
    "%j is refused",
    (block) => {
      expect(() => fromContent([block])).toThrow(expect.objectContaining({ code: "MEDIA_INVALID" }));
    },
  );
});
