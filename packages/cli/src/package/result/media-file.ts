import { open, writeFile } from "node:fs/promises";
import { isMediaRef, type JsonSchema, type MediaRef } from "@smoltools/core";

/** Endings of files by media type; everything else is `.bin`. */
const endings: Readonly<Record<string, string>> = {
  "application/json": "json",
  "application/pdf": "pdf",
  "application/zip": "zip",
  "audio/mpeg": "mp3",
  "audio/ogg": "ogg",
  "audio/wav": "wav",
  "audio/x-wav": "wav",
  "image/gif": "gif",
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/svg+xml": "svg",
  "image/webp": "webp",
  "text/csv": "csv",
  "text/html": "html",
  "text/plain": "txt",
  "video/mp4": "mp4",
  "video/webm": "webm",
};

/** Most names that are tried before a free one must be found. */
const maxNames = 1000;

/** Bytes that a tool gave. */
export interface MediaResult {
  mediaType: string;
  /** Absent where they are elsewhere, at `url`. */
  bytes?: Uint8Array;
  url?: string;
}

/** The bytes that a result is: media, or a text that its schema says to be bytes in base64. */
export async function mediaResult(
  value: unknown,
  schema: JsonSchema | undefined,
  signal: AbortSignal,
): Promise<MediaResult | undefined> {
  if (isMediaRef(value)) return fromMedia(value, signal);
  const { contentEncoding, contentMediaType = "application/octet-stream" } = typeof schema === "object" ? schema : {};
  if (typeof value !== "string" || contentEncoding !== "base64") return undefined;
  return { mediaType: contentMediaType, bytes: Buffer.from(value, "base64") };
}

async function fromMedia(media: MediaRef, signal: AbortSignal): Promise<MediaResult> {
  const { mediaType, url } = media;
  if (media.data === undefined && url !== undefined) {
    return media.bytes({ signal }).then(
      (bytes) => ({ mediaType, bytes }),
      () => ({ mediaType, url }),
    );
  }
  return { mediaType, bytes: await media.bytes({ signal }) };
}

/**
 * Writes bytes into a file: the one that is named, or a new one in this folder, called like the tool.
 *
 * @returns Its path.
 */
export async function writeMedia(
  { bytes = new Uint8Array(), mediaType }: MediaResult,
  tool: string,
  path: string | undefined,
): Promise<string> {
  if (path !== undefined) {
    await writeFile(path, bytes);
    return path;
  }
  const ending = Object.hasOwn(endings, mediaType) ? endings[mediaType] : "bin";
  for (let number = 1; number < maxNames; number++) {
    const name = `${tool}${number === 1 ? "" : `-${number}`}.${ending}`;
    // What is there is not overwritten, whoever puts it there meanwhile.
    const file = await open(name, "wx").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST") return undefined;
      throw error;
    });
    if (!file) continue;
    try {
      await file.writeFile(bytes);
    } finally {
      await file.close();
    }
    return name;
  }
  throw new Error(`There are ${maxNames} results of ${tool} in this folder: name another file with --out`);
}
