import { Buffer } from "node:buffer";
import { isMediaRef, type JsonSchema, type MediaRef } from "@smoltools/core";
import { isRecord } from "../../shared/json-access.ts";
import { jsonText } from "../../shared/media/media-in-values.ts";
import { mediaMark, wrappedMark } from "../content/marks.ts";
import { takeMedia } from "../content/place-media.ts";
import { wrappedKey } from "../schema/wrapped-schema.ts";
import { isObjectSchema } from "./tool-entry.ts";

/** A block of a result's content. Source: MCP 2025-11-25, tools, "Tool Result". */
export type ContentBlock =
  | { type: "text"; text: string }
  | { type: "image" | "audio"; data: string; mimeType: string }
  | { type: "resource"; resource: { uri: string; mimeType: string; blob: string } }
  | { type: "resource_link"; uri: string; name: string; mimeType: string };

/** The result of a call, as a server answers it. */
export interface CallResult {
  [key: string]: unknown;
  content: ContentBlock[];
  structuredContent?: Record<string, unknown>;
  isError?: boolean;
  _meta?: Record<string, unknown>;
}

/**
 * What a tool returned, as the result of a call. `readResult` gives the same value back.
 *
 * @param output - JSON, with media at whatever depth. The media are read.
 * @param schema - The tool's output schema.
 */
export async function callResult(
  output: unknown,
  schema: JsonSchema | undefined,
  signal: AbortSignal,
): Promise<CallResult> {
  if (schema === undefined) {
    const parts = plainParts(output);
    if (parts) return { content: await Promise.all(parts.map((part) => blockOf(part, signal))) };
  }
  const found: MediaRef[] = [];
  // The first block is the text: media follow it.
  const { value, places } = takeMedia(output === undefined ? null : output, (media) => found.push(media));
  const isWrapped = schema === undefined ? !isRecord(value) : !isObjectSchema(schema);
  const pointer = isWrapped ? `/${wrappedKey}` : "";
  const meta = {
    ...(isWrapped && { [wrappedMark]: true }),
    ...(places.length > 0 && { [mediaMark]: places.map(([at, block]) => [pointer + at, block]) }),
  };
  const text = typeof value === "string" ? value : jsonText(value);
  return {
    content: [{ type: "text", text }, ...(await Promise.all(found.map((media) => blockOf(media, signal))))],
    structuredContent: isWrapped || !isRecord(value) ? { [wrappedKey]: value } : value,
    ...(Object.keys(meta).length > 0 && { _meta: meta }),
  };
}

/** The result of a call that failed: the model is shown the text. */
export function failedResult(message: string): CallResult {
  return { content: [{ type: "text", text: message }], isError: true };
}

/** The blocks of an output that content alone can hold; `undefined` for one that needs a structure. */
function plainParts(output: unknown): (string | MediaRef)[] | undefined {
  if (output === undefined || output === null) return [];
  const parts: unknown[] = Array.isArray(output) ? output : [output];
  const isPlain = parts.every((part) => typeof part === "string" || isMediaRef(part));
  const isMixed = parts.length > 1 && parts.some(isMediaRef);
  return isPlain && (!Array.isArray(output) || isMixed) ? (parts as (string | MediaRef)[]) : undefined;
}

async function blockOf(part: string | MediaRef, signal: AbortSignal): Promise<ContentBlock> {
  if (typeof part === "string") return { type: "text", text: part };
  const { kind, mediaType: mimeType, name, url } = part;
  const bytes = await part.bytes({ signal }).catch((error: unknown) => {
    signal.throwIfAborted();
    // Nothing here fetches it: whoever is answered may.
    if (url === undefined) throw error;
    return undefined;
  });
  if (!bytes) return { type: "resource_link", uri: url ?? "", name: name ?? kind, mimeType };
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
  if (kind === "image" || kind === "audio") return { type: kind, data, mimeType };
  const uri = `media:${name === undefined ? "" : `///${encodeURIComponent(name)}`}`;
  return { type: "resource", resource: { uri, mimeType, blob: data } };
}
