import { Buffer } from "node:buffer";
import { MediaRef } from "@smoltools/core";
import { fieldOf, isRecord, textField } from "../../shared/json-access.ts";

/** A link to a resource of the server. */
export interface ResourceLink {
  uri: string;
  name?: string;
  mediaType?: string;
}

/** What stands in an answer of a server: texts and media as values, links to be followed. */
export type ReadBlock = { values: (string | MediaRef)[] } | { link: ResourceLink };

/**
 * Reads one block of the content of a result, or of a message of a prompt.
 *
 * Source: MCP 2025-11-25, tools, "Tool Result".
 *
 * @throws Error that says what the protocol does not know in it.
 */
export function readBlock(block: unknown): ReadBlock {
  const type = fieldOf(block, "type");
  switch (type) {
    case "text":
      return { values: [text(block, "text")] };
    case "image":
    case "audio":
      return { values: [media(text(block, "data"), textField(block, "mimeType"), `${type}/*`)] };
    case "resource":
      return { values: readContents(fieldOf(block, "resource")) };
    case "resource_link": {
      const name = textField(block, "title") ?? textField(block, "name");
      const mediaType = textField(block, "mimeType");
      return {
        link: {
          uri: text(block, "uri"),
          ...(name !== undefined && { name }),
          ...(mediaType !== undefined && { mediaType }),
        },
      };
    }
    default:
      throw new Error(`a block of the type ${JSON.stringify(type)?.slice(0, 100)}`);
  }
}

/**
 * Reads the contents of a resource: media, with the text before them where there is one, as a model can only read that.
 *
 * @throws Error that says what the protocol does not know in it.
 */
export function readContents(contents: unknown): (string | MediaRef)[] {
  if (!isRecord(contents)) throw new Error("a resource without contents");
  const name = nameOf(textField(contents, "uri"));
  const mediaType = textField(contents, "mimeType");
  const { text: written, blob } = contents;
  if (typeof written === "string") {
    return [written, ref(Buffer.from(written), mediaType ?? "text/plain", name)];
  }
  if (typeof blob === "string") return [media(blob, mediaType, "application/octet-stream", name)];
  throw new Error("a resource without contents");
}

function text(block: unknown, field: string): string {
  const value = fieldOf(block, field);
  if (typeof value !== "string") throw new Error(`a block of content without its ${field}`);
  return value;
}

function media(base64: string, mediaType: string | undefined, otherwise: string, name?: string): MediaRef {
  const bytes = Buffer.from(base64, "base64");
  // Node.js skips characters that are not base64: the bytes would not be those that were meant.
  const digits = base64.replace(/[\s=]/g, "").length;
  if (bytes.length !== Math.floor((digits * 3) / 4)) throw new Error("media that are not in base64");
  return ref(bytes, mediaType ?? otherwise.replace("*", "octet-stream"), name);
}

function ref(bytes: Buffer, mediaType: string, name: string | undefined): MediaRef {
  // Parameters such as a charset are not part of a media type here.
  const [type = ""] = mediaType.split(";");
  const known = /^[\w.+-]+\/[\w.+-]+$/.test(type.trim()) ? type.trim() : "application/octet-stream";
  return MediaRef.fromBytes(new Uint8Array(bytes), { mediaType: known, ...(name !== undefined && { name }) });
}

/** The last part of an address, as the name of a file. */
function nameOf(uri: string | undefined): string | undefined {
  const name = uri
    ?.split(/[?#]/)[0]
    ?.split("/")
    .findLast((part) => part !== "");
  return name === undefined || name.endsWith(":") ? undefined : name.slice(0, 200);
}
