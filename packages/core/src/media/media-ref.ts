import { decodeBase64, encodeBase64 } from "./base64.ts";
import { MediaError } from "./media-error.ts";

const brand: unique symbol = Symbol.for("smoltools.media@1");

/** What a piece of media is, roughly: the first half of its media type, or a file. */
export type MediaKind = "image" | "audio" | "video" | "file";

/** What is known of a piece of media besides its content. */
export interface MediaOptions {
  /** Such as `"image/png"`. */
  mediaType: string;
  /** Name of the file, for people. */
  name?: string;
}

/** Options of {@link MediaRef.fromUrl}. */
export interface MediaUrlOptions extends MediaOptions {
  /** Fetches the bytes when somebody reads them. Nothing is fetched without it. */
  load?: (options: { signal?: AbortSignal }) => Promise<Uint8Array>;
}

/**
 * An image, a sound, a video or a file: what tools take and return instead of long text.
 *
 * Code in a sandbox and models get a handle in its place; the bytes stay with the host. Recognised by a brand, see
 * {@link isMediaRef}.
 */
export class MediaRef {
  readonly kind: MediaKind;
  readonly mediaType: string;
  declare readonly name?: string;
  /** Where it is, when its bytes are not here. */
  declare readonly url?: string;
  /** @internal */
  readonly [brand] = true;
  readonly #data: Uint8Array | undefined;
  readonly #load: MediaUrlOptions["load"];

  private constructor(options: MediaUrlOptions, data: Uint8Array | undefined, url: string | undefined) {
    const { mediaType, name, load } = options;
    if (!/^[\w.+-]+\/[\w.+-]+$/.test(mediaType)) {
      throw new MediaError(`"${mediaType}" is no media type: write one such as "image/png"`, {
        code: "MEDIA_INVALID",
        data: { mediaType },
      });
    }
    this.kind = kindOf(mediaType);
    this.mediaType = mediaType;
    if (name !== undefined) this.name = name;
    if (url !== undefined) this.url = url;
    this.#data = data;
    this.#load = load;
  }

  /** @throws MediaError `MEDIA_INVALID` for a bad media type. */
  static fromBytes(bytes: Uint8Array, options: MediaOptions): MediaRef {
    return new MediaRef(options, bytes, undefined);
  }

  /** @throws MediaError `MEDIA_INVALID` for a bad media type, an address that is none, or bad base64 in a `data:` one. */
  static fromUrl(url: string, options: MediaUrlOptions): MediaRef {
    const invalid = (cause?: unknown): MediaError =>
      new MediaError("media needs an address of http:, https: or data:", {
        code: "MEDIA_INVALID",
        data: { mediaType: options.mediaType },
        cause,
      });
    if (url.startsWith("data:")) {
      const content = /^data:[^,]*;base64,(.*)$/s.exec(url)?.[1];
      if (content === undefined) throw invalid();
      try {
        return new MediaRef(options, decodeBase64(content), undefined);
      } catch (cause) {
        throw invalid(cause);
      }
    }
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) throw invalid();
    return new MediaRef(options, undefined, url);
  }

  /** The bytes, when they are here. */
  get data(): Uint8Array | undefined {
    return this.#data;
  }

  /**
   * The bytes, fetched if need be.
   *
   * @throws MediaError `MEDIA_UNAVAILABLE` when there is only an address and no way to fetch it.
   */
  async bytes(options: { signal?: AbortSignal } = {}): Promise<Uint8Array> {
    if (this.#data) return this.#data;
    if (this.#load) return this.#load(options);
    throw new MediaError(`The ${this.kind} is at an address that nothing here fetches: fetch it with a tool`, {
      code: "MEDIA_UNAVAILABLE",
      data: { mediaType: this.mediaType },
    });
  }

  /** The bytes in base64, when they are here. */
  toBase64(): string | undefined {
    return this.#data && encodeBase64(this.#data);
  }

  /** What may stand in a log: everything but the bytes. */
  toJSON(): { kind: MediaKind; mediaType: string; name?: string; url?: string; size?: number } {
    const { kind, mediaType, name, url } = this;
    const size = this.#data?.byteLength;
    return {
      kind,
      mediaType,
      ...(name !== undefined && { name }),
      ...(url !== undefined && { url }),
      ...(size !== undefined && { size }),
    };
  }
}

/** Tells whether a value is media, of this copy of smoltools or another one. */
export function isMediaRef(value: unknown): value is MediaRef {
  return typeof value === "object" && value !== null && brand in value;
}

function kindOf(mediaType: string): MediaKind {
  const kind = mediaType.split("/")[0];
  return kind === "image" || kind === "audio" || kind === "video" ? kind : "file";
}
