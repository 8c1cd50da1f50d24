import { isMediaRef, type MediaRef } from "@smoltools/core";
import { joinBytes, utf8 } from "../../shared/bytes.ts";
import { textOf } from "./parameter-style.ts";

/** One part of a body. */
interface Part {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly mediaType: string | undefined;
  readonly fileName: string | undefined;
}

/** A body that has been written. */
export interface WrittenBody {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/**
 * A form of several parts: files as they are, texts and numbers as texts, anything else as JSON. A list is several parts
 * of one name.
 *
 * Source: RFC 7578; OpenAPI 3.1.1, "Encoding Object".
 *
 * @param fields - Arguments, checked against the schema.
 */
export async function multipartBody(
  fields: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<WrittenBody> {
  const parts: Part[] = [];
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    for (const item of Array.isArray(value) ? value : [value]) parts.push(await partOf(name, item, signal));
  }
  const boundary = `smoltools-${crypto.randomUUID()}`;
  const chunks = parts.flatMap((part) => [
    utf8(`--${boundary}\r\n${headersOf(part)}\r\n\r\n`),
    typeof part.content === "string" ? utf8(part.content) : part.content,
    utf8("\r\n"),
  ]);
  return {
    mediaType: `multipart/form-data; boundary=${boundary}`,
    bytes: joinBytes([...chunks, utf8(`--${boundary}--\r\n`)]),
  };
}

async function partOf(name: string, value: unknown, signal: AbortSignal): Promise<Part> {
  if (isMediaRef(value)) return filePart(name, value, signal);
  const isObject = typeof value === "object" && value !== null;
  return { name, content: textOf(value), mediaType: isObject ? "application/json" : undefined, fileName: undefined };
}

async function filePart(name: string, media: MediaRef, signal: AbortSignal): Promise<Part> {
  const { mediaType, name: fileName = "file" } = media;
  return { name, content: await media.bytes({ signal }), mediaType, fileName };
}

function headersOf({ name, mediaType, fileName }: Part): string {
  const file = fileName === undefined ? "" : `; filename="${quoted(fileName)}"`;
  const type = mediaType === undefined ? "" : `\r\nContent-Type: ${mediaType}`;
  return `Content-Disposition: form-data; name="${quoted(name)}"${file}${type}`;
}

/** As browsers do: a quote or a line break would end the name. */
function quoted(text: string): string {
  return text.replaceAll('"', "%22").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
