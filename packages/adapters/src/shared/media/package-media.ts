import { isMediaRef, MediaRef } from "@smoltools/core";
import { base64Of } from "../bytes.ts";
import { isRecord } from "../json-access.ts";
import { dataUrl } from "./media-address.ts";

// How media go into the sandbox of a package and come out of it: as JSON, `{ $media: "data:…", kind, mediaType, name? }`.

/** Media where a value has their form in JSON. */
export function withMedia(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withMedia);
  if (!isRecord(value)) return value;
  const { $media: address, mediaType, name } = value;
  if (typeof address === "string" && typeof mediaType === "string") {
    return MediaRef.fromUrl(address, { mediaType, ...(typeof name === "string" && { name }) });
  }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withMedia(member)]));
}

/** A value with its media in their form in JSON. */
export function withoutMedia(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMedia);
  if (!isMediaRef(value)) return isPlain(value) ? members(value) : value;
  const { kind, mediaType, name, data, url } = value;
  const address = data === undefined ? url : dataUrl(base64Of(data), mediaType);
  return { $media: address, kind, mediaType, ...(name !== undefined && { name }) };
}

function members(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withoutMedia(member)]));
}

/** Instances of classes have a form in JSON of their own. */
function isPlain(value: unknown): value is Record<string, unknown> {
  if (!isRecord(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
