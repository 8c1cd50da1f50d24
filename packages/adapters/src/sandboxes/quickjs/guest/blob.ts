import { Array, ArrayBuffer, Date, Math, Number, String, TypeError, Uint8Array } from "./builtins.ts";
import { bytesOf, decode, utf8 } from "./services.ts";

/** What a blob can be made of. */
type BlobPart = string | ArrayBuffer | ArrayBufferView | Blob;

interface BlobOptions {
  type?: string;
}

/** Bytes that never change, with a media type. There is no `stream`. */
export class Blob {
  readonly type: string;
  readonly #bytes: Uint8Array;

  constructor(parts: Iterable<BlobPart> = [], options: BlobOptions = {}) {
    if (typeof parts !== "object" || parts === null) throw new TypeError("Blob: its first argument is not a list");
    this.#bytes = joined(Array.from(parts, bytesOfPart));
    this.type = typeOf(options.type);
  }

  get size(): number {
    return this.#bytes.length;
  }

  get [Symbol.toStringTag](): string {
    return "Blob";
  }

  slice(start?: number, end?: number, type?: string): Blob {
    return new Blob([this.#bytes.slice(start, end)], { type: typeOf(type) });
  }

  async bytes(): Promise<Uint8Array> {
    return this.#bytes.slice();
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return new Uint8Array(this.#bytes).buffer;
  }

  async text(): Promise<string> {
    return decode(this.#bytes, { encoding: "utf-8" }) ?? "";
  }

  /** The bytes themselves, which must not be changed. */
  static bytesOf(blob: Blob): Uint8Array {
    return blob.#bytes;
  }
}

/** A blob with a name. */
export class File extends Blob {
  readonly name: string;
  readonly lastModified: number;

  constructor(parts: Iterable<BlobPart>, name: string, options: BlobOptions & { lastModified?: number } = {}) {
    super(parts, options);
    this.name = String(name);
    this.lastModified = Math.trunc(Number(options.lastModified ?? Date.now())) || 0;
  }

  override get [Symbol.toStringTag](): string {
    return "File";
  }
}

function bytesOfPart(part: BlobPart): Uint8Array {
  if (part instanceof Blob) return Blob.bytesOf(part);
  if (part instanceof ArrayBuffer || ArrayBuffer.isView(part)) return bytesOf(part);
  return utf8(String(part));
}

/** One array of the contents of many. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** A media type is lower-case ASCII, or nothing. */
function typeOf(type: string | undefined): string {
  const text = type === undefined ? "" : String(type);
  return /[^ -~]/.test(text) ? "" : text.toLowerCase();
}
