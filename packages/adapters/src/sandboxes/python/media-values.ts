import { Buffer } from "node:buffer";
import { isMediaRef, MediaRef } from "@smoltools/core";

const bytesType = "application/octet-stream";
/** Deeper values do not cross the boundary. */
const maxDepth = 128;

/** Media whose bytes come with it, as JSON: a handle with a data: address for its name. */
interface InlineMedia {
  $media: string;
  kind: string;
  mediaType: string;
  name?: string;
}

/**
 * The value with media and bytes in a form that crosses the boundary, at whatever depth. Media whose bytes are elsewhere
 * stays what it is.
 */
export function withInlineMedia(value: unknown): unknown {
  return replaceDeep(value, (part) => {
    if (part instanceof Uint8Array) return inline(part, { kind: "file", mediaType: bytesType });
    if (!isMediaRef(part) || !part.data) return undefined;
    const { kind, mediaType, name, data } = part;
    return inline(data, { kind, mediaType, ...(name !== undefined && { name }) });
  });
}

/** The value with media, and bytes as `Uint8Array`, in place of what {@link withInlineMedia} makes of them. */
export function withMedia(value: unknown): unknown {
  return replaceDeep(value, (part) => {
    if (!isInline(part)) return undefined;
    const { $media: address, mediaType, name } = part;
    const base64 = /^data:[^,]*;base64,([A-Za-z\d+/]*={0,2})$/.exec(address)?.[1];
    if (base64 === undefined || !/^[\w.+-]+\/[\w.+-]+$/.test(mediaType)) return undefined;
    const bytes = new Uint8Array(Buffer.from(base64, "base64"));
    if (mediaType === bytesType) return bytes;
    return MediaRef.fromBytes(bytes, { mediaType, ...(typeof name === "string" && { name }) });
  });
}

function inline(data: Uint8Array, about: Omit<InlineMedia, "$media">): InlineMedia {
  const base64 = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("base64");
  return { $media: `data:${about.mediaType};base64,${base64}`, ...about };
}

function isInline(value: object): value is InlineMedia {
  return (
    "$media" in value &&
    typeof value.$media === "string" &&
    value.$media.startsWith("data:") &&
    "mediaType" in value &&
    typeof value.mediaType === "string"
  );
}

/** The same value where nothing in it is replaced. Instances of classes are left alone. */
function replaceDeep(value: unknown, replace: (part: object) => unknown, depth = 0): unknown {
  if (typeof value !== "object" || value === null || depth > maxDepth) return value;
  const other = replace(value);
  if (other !== undefined) return other;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Array.prototype && prototype !== Object.prototype && prototype !== null) return value;
  let copy: Record<string, unknown> | undefined;
  for (const [key, part] of Object.entries(value) as [string, unknown][]) {
    const inner = replaceDeep(part, replace, depth + 1);
    if (inner === part) continue;
    copy ??= (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
    // Not by assignment: a key may be "__proto__".
    Object.defineProperty(copy, key, { value: inner, writable: true, enumerable: true, configurable: true });
  }
  return copy ?? value;
}
