import { isMediaRef, type MediaRef } from "@smoltools/core";
import { dataUrl } from "../../shared/media/media-address.ts";
import { holdsMedia, jsonText, mediaIn } from "../../shared/media/media-in-values.ts";

/** A block of the content of a message, as LangChain's models take them. */
export type ContentBlock = { type: string } & Record<string, unknown>;

/**
 * What a model of LangChain gets to see of a result: a text as it is, media as blocks, anything else as JSON.
 *
 * Images are `image_url` blocks, which the models of all versions know. Other media are data blocks. Media within an
 * object stand behind its JSON, in which their place says what they are.
 */
export function toContent(result: unknown): string | ContentBlock[] {
  if (typeof result === "string") return result;
  if (!holdsMedia(result)) return jsonText(result);
  if (isMediaRef(result)) return [mediaBlock(result)];
  if (Array.isArray(result) && result.every((part) => typeof part === "string" || isMediaRef(part))) {
    return result.map((part) => (typeof part === "string" ? textBlock(part) : mediaBlock(part)));
  }
  return [textBlock(jsonText(result)), ...mediaIn(result).map(mediaBlock)];
}

function textBlock(text: string): ContentBlock {
  return { type: "text", text };
}

function mediaBlock(media: MediaRef): ContentBlock {
  const { kind, mediaType, url } = media;
  const data = media.toBase64();
  if (kind === "image") {
    return { type: "image_url", image_url: { url: data === undefined ? (url ?? "") : dataUrl(data, mediaType) } };
  }
  const type = kind === "audio" ? "audio" : "file";
  if (data === undefined) return { type, source_type: "url", mime_type: mediaType, url };
  return { type, source_type: "base64", mime_type: mediaType, data };
}
