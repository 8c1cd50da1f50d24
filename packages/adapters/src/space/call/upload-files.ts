import { errorMessage, isSmoltoolsError, type MediaRef } from "@smoltools/core";
import { httpUrl } from "../connection/space-address.ts";
import { spaceError, type SpaceIdentity } from "../connection/space-failure.ts";
import type { SpaceFetch } from "../connection/space-fetch.ts";
import type { SpaceLimits } from "../space-options.ts";
import type { CallArguments } from "./arguments.ts";

/** Where files go. */
export interface UploadOptions {
  identity: SpaceIdentity;
  fetch: SpaceFetch;
  apiUrl: string;
  signal: AbortSignal;
  limits: SpaceLimits;
}

/**
 * Sends the media of a call to its app, and fills in where they are there.
 *
 * Media of which only an address is known are fetched by the app.
 *
 * Source: `POST /upload` of Gradio: a form with `files`, answered with their paths.
 *
 * @throws ToolSourceError `SOURCE_TOO_LARGE`; what reading the media throws.
 */
export async function uploadFiles(uploads: CallArguments["uploads"], options: UploadOptions): Promise<void> {
  const { identity, fetch, apiUrl, signal, limits } = options;
  const form = new FormData();
  const sent: CallArguments["uploads"] = [];
  let total = 0;
  for (const { media, file } of uploads) {
    const bytes = await bytesOf(media, signal);
    if (bytes === undefined) {
      Object.assign(file, { path: media.url, url: media.url });
      continue;
    }
    total += bytes.byteLength;
    if (total > limits.maxFileBytes) {
      const why = `was to get files of more than ${limits.maxFileBytes} bytes in one call (maxFileBytes)`;
      throw spaceError(identity, "SOURCE_TOO_LARGE", why);
    }
    const name = fileName(media, sent.length);
    form.append("files", new File([new Uint8Array(bytes)], name, { type: media.mediaType }));
    Object.assign(file, { orig_name: name, mime_type: media.mediaType, size: bytes.byteLength });
    sent.push({ media, file });
  }
  if (sent.length === 0) return;
  const paths = await fetch.readJson(`${apiUrl}/upload`, {
    what: "an upload",
    method: "POST",
    body: form,
    signal,
    timeoutMs: limits.callTimeoutMs,
    option: "callTimeoutMs",
    maxBytes: limits.maxResponseBytes,
  });
  for (const [index, { file }] of sent.entries()) {
    const path: unknown = Array.isArray(paths) ? paths[index] : undefined;
    if (typeof path !== "string") {
      throw spaceError(identity, "SOURCE_ANSWER_INVALID", "answers an upload without the paths of its files");
    }
    file.path = path;
  }
}

/** `undefined` for media that are elsewhere, and that nothing here fetches. */
async function bytesOf(media: MediaRef, signal: AbortSignal): Promise<Uint8Array | undefined> {
  try {
    return await media.bytes({ signal });
  } catch (error) {
    const isElsewhere = isSmoltoolsError(error, "MEDIA_UNAVAILABLE") && httpUrl(media.url ?? "") !== undefined;
    if (isElsewhere) return undefined;
    throw isSmoltoolsError(error)
      ? error
      : new Error(`a file cannot be read: ${errorMessage(error)}`, { cause: error });
  }
}

/** Apps tell kinds of files by the ends of their names. */
function fileName({ name, kind, mediaType }: MediaRef, index: number): string {
  const base =
    (name ?? "")
      .split(/[\\/]/)
      .at(-1)
      ?.replace(/[\p{Cc}"]/gu, "_") ?? "";
  if (/\.\w{1,8}$/.test(base)) return base.slice(-100);
  const [, subtype = "bin"] = /^[\w.-]+\/(?:x-|vnd\.)?([\w-]+)/.exec(mediaType) ?? [];
  return `${base.slice(0, 80) || `${kind}_${index + 1}`}.${endings[subtype] ?? subtype}`;
}

const endings: Readonly<Record<string, string>> = {
  jpeg: "jpg",
  mpeg: "mp3",
  plain: "txt",
  svg: "svg",
  "octet-stream": "bin",
};
