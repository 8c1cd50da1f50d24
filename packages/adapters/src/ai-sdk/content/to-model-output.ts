import { isMediaRef, type MediaRef } from "@smoltools/core";
import { holdsMedia, jsonText, mediaIn } from "../../shared/media/media-in-values.ts";
import { asJson, type Json } from "../json.ts";

/** A part of what a model of the AI SDK gets to see of a result. Versions 6 and 7 know these forms. */
export type ModelOutputPart =
  | { type: "text"; text: string }
  | { type: "file-data"; data: string; mediaType: string; filename?: string }
  | { type: "file-url"; url: string; mediaType: string };

/** What a model of the AI SDK gets to see of a result. */
export type ModelOutput =
  | { type: "text"; value: string }
  | { type: "json"; value: Json }
  | { type: "content"; value: ModelOutputPart[] };

/**
 * What a model gets to see of a result: a text as it is, media as files, anything else as JSON. Media within an object
 * stand behind its JSON, in which their place says what they are.
 */
export function toModelOutput(result: unknown): ModelOutput {
  if (typeof result === "string") return { type: "text", value: result };
  if (!holdsMedia(result)) return { type: "json", value: asJson(result) };
  const parts = Array.isArray(result) ? result : [result];
  if (parts.every((part) => typeof part === "string" || isMediaRef(part))) {
    return {
      type: "content",
      value: parts.map((part) => (typeof part === "string" ? textPart(part) : filePart(part))),
    };
  }
  return { type: "content", value: [textPart(jsonText(result)), ...mediaIn(result).map(filePart)] };
}

function textPart(text: string): ModelOutputPart {
  return { type: "text", text };
}

function filePart(media: MediaRef): ModelOutputPart {
  const { mediaType, name, url = "" } = media;
  const data = media.toBase64();
  if (data === undefined) return { type: "file-url", url, mediaType };
  return { type: "file-data", data, mediaType, ...(name !== undefined && { filename: name }) };
}
