import { MediaRef } from "@smoltools/core";
import { fieldOf, isRecord, textField } from "../../shared/json-access.ts";
import { dataUrl, mediaTypeOf } from "../../shared/media/media-address.ts";

/**
 * What the content of LangChain's messages stands for: texts are texts, images, sounds and files are media, and what is
 * neither stays as it is. A list of one block is that block alone.
 *
 * Blocks of LangChain 1 are understood, those of earlier versions, and those of OpenAI and Anthropic, which tools pass
 * on.
 *
 * @param content - The content of a message, or whatever a tool returned.
 */
export function fromContent(content: unknown): unknown {
  if (!Array.isArray(content) || content.length === 0 || !content.every(isBlock)) return content;
  const values = content.map((block) => fromBlock(block) ?? block);
  // A list of objects that have a type is a list of data, unless one of them is a block.
  if (values.every((value, index) => value === content[index])) return content;
  return values.length === 1 ? values[0] : values;
}

function isBlock(value: unknown): value is Record<string, unknown> {
  return isRecord(value) && typeof value["type"] === "string";
}

function fromBlock(block: Record<string, unknown>): string | MediaRef | undefined {
  switch (block["type"]) {
    case "text":
    case "text-plain":
      return typeof block["text"] === "string" ? block["text"] : undefined;
    case "image_url":
      return ofAddress(block["image_url"] ?? "", "image");
    case "input_audio":
      return ofAudio(block["input_audio"]);
    case "image":
    case "audio":
    case "video":
    case "file":
      return ofData(block, block["type"]);
    default:
      return undefined;
  }
}

/** An image as OpenAI has it: its address, alone or in an object. */
function ofAddress(image: unknown, kind: string): MediaRef | undefined {
  const url = typeof image === "string" ? image : textField(image, "url");
  return url === undefined ? undefined : mediaAt(url, undefined, kind);
}

/** A sound as OpenAI has it. */
function ofAudio(audio: unknown): MediaRef | undefined {
  const data = textField(audio, "data");
  return data === undefined ? undefined : mediaAt(dataUrl(data, `audio/${textField(audio, "format") ?? "wav"}`));
}

function ofData(block: Record<string, unknown>, kind: string): string | MediaRef | undefined {
  // Anthropic's blocks have all of it in `source`.
  const source = isRecord(block["source"]) ? block["source"] : block;
  const mediaType = textField(source, "mimeType") ?? textField(source, "mime_type") ?? textField(source, "media_type");
  const data = fieldOf(source, "data");
  const url = textField(source, "url");
  if (data instanceof Uint8Array) return MediaRef.fromBytes(data, { mediaType: mediaType ?? mediaTypeOf("", kind) });
  if (typeof data === "string") return mediaAt(dataUrl(data, mediaType ?? mediaTypeOf("", kind)));
  if (url !== undefined) return mediaAt(url, mediaType, kind);
  return source["source_type"] === "text" ? textField(source, "text") : undefined;
}

function mediaAt(url: string, mediaType?: string, kind: string = "file"): MediaRef {
  return MediaRef.fromUrl(url, { mediaType: mediaType ?? mediaTypeOf(url, kind) });
}
