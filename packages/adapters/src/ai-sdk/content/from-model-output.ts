import { MediaRef, ToolExecutionError } from "@smoltools/core";
import { fieldOf, isRecord, textField } from "../../shared/json-access.ts";
import { dataUrl, mediaTypeOf } from "../../shared/media/media-address.ts";

/**
 * What the output that a tool of the AI SDK makes for models stands for, when it holds media.
 *
 * @param shown - What `toModelOutput` returned.
 * @returns Texts and media, alone or in a list; `undefined` when there are no media, and the tool's own result says more.
 * @throws Error when the output is an error.
 */
export function mediaOfModelOutput(tool: string, shown: unknown): unknown {
  const value = fieldOf(shown, "value");
  switch (fieldOf(shown, "type")) {
    case "error-text":
    case "error-json":
      throw new Error(typeof value === "string" ? value : JSON.stringify(value));
    case "execution-denied":
      throw new ToolExecutionError(`${tool} was not carried out: ${textField(shown, "reason") ?? "it was denied"}`, {
        code: "TOOL_PERMISSION_DENIED",
        data: { tool },
      });
    case "content":
      return Array.isArray(value) ? partsWithMedia(value) : undefined;
    default:
      return undefined;
  }
}

function partsWithMedia(parts: readonly unknown[]): unknown {
  const values = parts.map((part) => textOf(part) ?? mediaOf(part) ?? part);
  if (!values.some((value) => value instanceof MediaRef)) return undefined;
  return values.length === 1 ? values[0] : values;
}

function textOf(part: unknown): string | undefined {
  if (fieldOf(part, "type") === "text") return textField(part, "text") ?? "";
  const data = fieldOf(part, "data");
  return fieldOf(data, "type") === "text" ? textField(data, "text") : undefined;
}

/** A part of version 7, or one of those of versions 5 and 6. */
function mediaOf(part: unknown): MediaRef | undefined {
  if (!isRecord(part)) return undefined;
  const { type, data, url } = part;
  const name = textField(part, "filename");
  const kind = String(type).startsWith("image") ? "image" : "file";
  const at = (address: string): MediaRef =>
    MediaRef.fromUrl(address, { mediaType: fullMediaType(part, address, kind), ...(name !== undefined && { name }) });
  const of = (content: unknown): MediaRef | undefined => {
    const bytes = content instanceof ArrayBuffer ? new Uint8Array(content) : content;
    const mediaType = fullMediaType(part, "", kind);
    if (typeof bytes === "string") return at(dataUrl(bytes, mediaType));
    return bytes instanceof Uint8Array
      ? MediaRef.fromBytes(bytes, { mediaType, ...(name !== undefined && { name }) })
      : undefined;
  };
  if (typeof url === "string") return at(url);
  if (!isRecord(data) || data instanceof Uint8Array || data instanceof ArrayBuffer) return of(data);
  if (data["type"] === "url") return at(String(data["url"]));
  return data["type"] === "data" ? of(data["data"]) : undefined;
}

/** The AI SDK takes `image` and `image/*` for media types too. */
function fullMediaType(part: Record<string, unknown>, address: string, kind: string): string {
  const said = textField(part, "mediaType");
  if (said === undefined) return mediaTypeOf(address, kind);
  return /^[\w.+-]+\/[\w.+-]+$/.test(said) ? said : mediaTypeOf(address, said.split("/")[0] ?? kind);
}
