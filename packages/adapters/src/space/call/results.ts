import { type MediaKind, MediaRef } from "@smoltools/core";
import { fieldOf, isRecord, textField } from "../../shared/json-access.ts";
import { mediaTypeOf } from "../../shared/media/media-address.ts";
import { fileKind, fileMark } from "../api/file-type.ts";
import type { SpaceEndpoint } from "../api/space-api.ts";
import { httpUrl } from "../connection/space-address.ts";
import type { SpaceFetch } from "../connection/space-fetch.ts";
import type { SpaceLimits } from "../space-options.ts";

/** Deeper than values are nested. */
const maxDepth = 200;

/** How files of an app are read. */
export interface ResultOptions {
  fetch: SpaceFetch;
  apiUrl: string;
  limits: SpaceLimits;
}

/**
 * What the data of a call come to: the value of the only output, the list of several, `null` where there are none.
 * Files are media, whose bytes are fetched when they are read, from the app alone.
 *
 * @param data - All outputs in their order.
 * @throws Error when they are not those of the endpoint.
 */
export function resultOf(data: unknown, { outputs, outputCount }: SpaceEndpoint, options: ResultOptions): unknown {
  if (!Array.isArray(data) || data.length < outputCount) throw new Error("fewer values than it declares");
  // An edit can make a list of any length: those that were sent are no longer than the bytes that they came in.
  let itemsLeft = options.limits.maxResponseBytes;
  const received = (value: unknown, member: string, depth: number): unknown => {
    if (typeof value !== "object" || value === null) return value;
    if (depth > maxDepth) throw new Error(`values that are nested more than ${maxDepth} deep`);
    if (Array.isArray(value)) {
      itemsLeft -= value.length;
      if (itemsLeft < 0) throw new Error("lists that are longer than what it has sent");
      return value.map((item: unknown) => received(item, member, depth + 1));
    }
    if (!isRecord(value)) return value;
    if (fieldOf(fieldOf(value, "meta"), "_type") === fileMark) return mediaOf(value, member, options);
    // What only changes how an output is shown may have its value too.
    if (value["__type__"] === "update") return received(value["value"] ?? null, member, depth + 1);
    // What a member is called tells more than the component: a video may have subtitles.
    const entries = Object.entries(value).map(([name, each]) => [name, received(each, name, depth + 1)]);
    return Object.fromEntries(entries);
  };
  const values = outputs.map(({ index, component }) => received(data[index], component, 0));
  return values.length === 0 ? null : values.length === 1 ? values[0] : values;
}

function mediaOf(file: Record<string, unknown>, member: string, { fetch, apiUrl, limits }: ResultOptions): unknown {
  const path = textField(file, "path");
  const url = addressOf(path, textField(file, "url"), apiUrl);
  if (url === undefined) return null;
  const name = textField(file, "orig_name") ?? (path ?? url).split(/[\\/]/).at(-1)?.split(/[?#]/)[0];
  const mediaType = mediaTypeFor(
    fileKind(member, undefined, undefined) ?? "file",
    textField(file, "mime_type"),
    name ?? url,
  );
  const about = { mediaType, ...(name && { name }) };
  if (url.startsWith("data:")) return MediaRef.fromUrl(url, about);
  // Whatever is not on the app's own host is an address and no more: what else would the app have read from here?
  if (new URL(url).origin !== new URL(apiUrl).origin) return MediaRef.fromUrl(url, about);
  const load = ({ signal = new AbortController().signal }: { signal?: AbortSignal }): Promise<Uint8Array> =>
    fetch.read(url, {
      what: "a file",
      signal,
      timeoutMs: limits.callTimeoutMs,
      option: "callTimeoutMs",
      maxBytes: limits.maxFileBytes,
    });
  return MediaRef.fromUrl(url, { ...about, load });
}

/** What an image, a sound or a video is shown as is of that kind, whatever is known of its type. */
function mediaTypeFor(kind: MediaKind, said: string | undefined, name: string): string {
  const guess = said !== undefined && /^[\w.+-]+\/[\w.+-]+$/.test(said) ? said : mediaTypeOf(name, "file");
  if (kind === "file" || guess.startsWith(`${kind}/`)) return guess;
  const [, ending] = /\.(\w{1,8})$/.exec(name) ?? [];
  const byName = mediaTypeOf(name, kind);
  if (ending === undefined || mediaTypeOf(name, "file") === byName) return byName;
  return `${kind}/${ending.toLowerCase()}`;
}

/** Where a file can be had. What an app says of its own address may be that of a proxy: its path is sure. */
function addressOf(path: string | undefined, url: string | undefined, apiUrl: string): string | undefined {
  const { origin } = new URL(apiUrl);
  if (url?.startsWith("data:")) return url;
  const said = httpUrl(url ?? "");
  if (said?.origin === origin) return said.href;
  const onWeb = httpUrl(path ?? "");
  if (onWeb) return onWeb.href;
  if (path !== undefined) return `${apiUrl}/file=${path.split("/").map(encodeURIComponent).join("/")}`;
  return said?.href;
}
