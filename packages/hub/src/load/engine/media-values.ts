import { isMediaRef, isSmoltoolsError, MediaRef } from "@smoltools/core";

/** Deeper values do not cross the boundary of a sandbox. */
const maxDepth = 128;

const mediaType = /^[\w.+-]+\/[\w.+-]+$/;

/**
 * The value with media as JSON: what they say of themselves, with a `data:` address that holds the bytes as `$media`, or
 * the address where they are if nothing here fetches them. What holds no media stays the same value.
 *
 * @throws what reading the media throws.
 */
export async function withInlineMedia(value: unknown, signal?: AbortSignal): Promise<unknown> {
  const found: MediaRef[] = [];
  replaced(value, (part) => {
    if (isMediaRef(part)) found.push(part);
    return undefined;
  });
  if (found.length === 0) return value;
  const inline = new Map<object, object>();
  // One after the other: they are large.
  for (const media of found) inline.set(media, { ...media.toJSON(), $media: await addressOf(media, signal) });
  return replaced(value, (part) => inline.get(part));
}

async function addressOf(media: MediaRef, signal: AbortSignal | undefined): Promise<string | undefined> {
  try {
    const bytes = await media.bytes(signal ? { signal } : {});
    const { mediaType: type } = media;
    return `data:${type};base64,${MediaRef.fromBytes(bytes, { mediaType: type }).toBase64() ?? ""}`;
  } catch (error) {
    if (!isSmoltoolsError(error, "MEDIA_UNAVAILABLE") || media.url === undefined) throw error;
    return media.url;
  }
}

/** The value with media in place of what {@link withInlineMedia} makes of them. What only looks like it stays as it is. */
export function withMedia(value: unknown): unknown {
  return replaced(value, (part) => {
    const { $media: address, mediaType: type, name } = part as Readonly<Record<string, unknown>>;
    if (typeof address !== "string" || typeof type !== "string" || !mediaType.test(type)) return undefined;
    try {
      return MediaRef.fromUrl(address, { mediaType: type, ...(typeof name === "string" && { name }) });
    } catch {
      return undefined;
    }
  });
}

/** Instances of classes are left alone. */
function replaced(value: unknown, replace: (part: object) => unknown, depth = 0): unknown {
  if (typeof value !== "object" || value === null || depth > maxDepth) return value;
  const other = replace(value);
  if (other !== undefined) return other;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => replaced(item, replace, depth + 1));
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  const before = Object.entries(value);
  const entries = before.map(([key, part]): [string, unknown] => [key, replaced(part, replace, depth + 1)]);
  // Not by assignment: a key may be "__proto__".
  return entries.every(([, part], index) => part === before[index]?.[1]) ? value : Object.fromEntries(entries);
}
