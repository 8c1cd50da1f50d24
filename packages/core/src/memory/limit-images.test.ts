import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ContentPart, Message } from "../messages/message.ts";
import { limitImages } from "./limit-images.ts";

const image = (data: string): ContentPart => ({ type: "image", mediaType: "image/png", data });
const text = (words: string): ContentPart => ({ type: "text", text: words });
const imagesIn = (messages: readonly Message[]): ContentPart[] =>
  messages.flatMap(({ content }) => content).filter(({ type }) => type === "image");

const messages: Message[] = [
  { role: "user", content: [text("one"), image("1"), image("2")] },
  { role: "assistant", content: [text("two")] },
  { role: "user", content: [image("3"), text("three")] },
];

describe("a limit of images", () => {
  it.each([3, 4, 100])("of %d leaves three images alone, and the list too", (limit) => {
    expect(limitImages(messages, limit)).toBe(messages);
  });

  it.each([
    [2, ["2", "3"]],
    [1, ["3"]],
    [0, []],
  ])("of %d keeps the latest", (limit, kept) => {
    expect(imagesIn(limitImages(messages, limit))).toEqual(kept.map(image));
  });

  it("says in the place of an image that it was left out", () => {
    expect(limitImages(messages, 2)[0]?.content).toEqual([
      text("one"),
      text("(an earlier image is no longer shown)"),
      image("2"),
    ]);
  });

  it("changes no message that it was given", () => {
    const before = structuredClone(messages);
    limitImages(messages, 0);
    expect(messages).toEqual(before);
  });

  it("keeps the last ones of any conversation, and everything else in its place", () => {
    const part = fc.oneof(fc.string().map(text), fc.string().map(image));
    const conversation = fc.array(
      fc.array(part, { maxLength: 4 }).map((content): Message => ({ role: "user", content })),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(conversation, fc.nat(8), (given, limit) => {
        const limited = limitImages(given, limit);
        const all = imagesIn(given);
        expect(imagesIn(limited)).toEqual(limit === 0 ? [] : all.slice(-limit));
        expect(limited.map(({ content }) => content.length)).toEqual(given.map(({ content }) => content.length));
      }),
    );
  });
});
