import { isMediaRef, type MediaRef } from "../../media/media-ref.ts";

/** What stands for media in code and in calls of tools. */
export interface MediaHandle {
  /** Name on the shelf, such as `image_1`. */
  $media: string;
  kind: string;
  mediaType: string;
  name?: string;
  /** Number of bytes, where a tool gave bytes as they are. */
  size?: number;
}

/** Media, or bytes: a file of which nothing else is known. As text they would be endless. */
export type Shelved = MediaRef | Uint8Array;

/** Tells whether a value is kept on a shelf, and a handle handed out in its place. */
export function isShelved(value: unknown): value is Shelved {
  return value instanceof Uint8Array || isMediaRef(value);
}

/** Keeps the media of a conversation, and hands out handles in their place. */
export class MediaShelf {
  readonly #media = new Map<string, Shelved>();
  #ids = new WeakMap<Shelved, string>();

  /** The media of this name. */
  get(id: string): Shelved | undefined {
    return this.#media.get(id);
  }

  /** Puts media on the shelf; the same media twice has the same name. */
  put(media: Shelved): MediaHandle {
    const about = describe(media);
    let id = this.#ids.get(media);
    if (id === undefined) {
      id = `${about.kind}_${this.#media.size + 1}`;
      this.#media.set(id, media);
      this.#ids.set(media, id);
    }
    return { $media: id, ...about };
  }

  clear(): void {
    this.#media.clear();
    this.#ids = new WeakMap();
  }

  /** The value with handles in place of media, at whatever depth. Returned as it is when it holds none. */
  shelve(value: unknown): unknown {
    return replaceDeep(value, (each) => (isShelved(each) ? this.put(each) : undefined));
  }

  /** The value with media in place of handles. A handle that is not known stays what it is: data. */
  unshelve(value: unknown): unknown {
    if (this.#media.size === 0) return value;
    return replaceDeep(value, (each) => {
      const id: unknown = "$media" in each ? each.$media : undefined;
      return typeof id === "string" ? this.#media.get(id) : undefined;
    });
  }

  /** The media whose handles are in a value, each once, in order. */
  mediaIn(value: unknown): MediaRef[] {
    const found = new Set<MediaRef>();
    if (this.#media.size === 0) return [];
    replaceDeep(value, (each) => {
      const id: unknown = "$media" in each ? each.$media : undefined;
      const media = typeof id === "string" ? this.#media.get(id) : undefined;
      if (isMediaRef(media)) found.add(media);
      return undefined;
    });
    return [...found];
  }
}

function describe(media: Shelved): Omit<MediaHandle, "$media"> {
  if (media instanceof Uint8Array) {
    return { kind: "file", mediaType: "application/octet-stream", size: media.byteLength };
  }
  const { kind, mediaType, name } = media;
  return { kind, mediaType, ...(name !== undefined && { name }) };
}

/** Deeper values come from nowhere where media could be: the boundary of a sandbox takes no deeper ones. */
const maxDepth = 128;

/** @param known - What became of objects: one that is met again, even inside itself, is not looked through again. */
function replaceDeep(
  value: unknown,
  replace: (value: object) => unknown,
  known: Map<object, unknown> = new Map(),
  depth = 0,
): unknown {
  if (typeof value !== "object" || value === null || depth > maxDepth) return value;
  if (!known.has(value)) {
    known.set(value, value);
    known.set(value, replace(value) ?? replaceParts(value, (part) => replaceDeep(part, replace, known, depth + 1)));
  }
  return known.get(value);
}

function replaceParts(value: object, replacePart: (part: unknown) => unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(replacePart);
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  // Maps, dates and instances of classes are whole values of their own.
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return value;
  let changed = false;
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => {
    const other = replacePart(inner);
    changed ||= other !== inner;
    return [key, other];
  });
  return changed ? Object.fromEntries(entries) : value;
}
