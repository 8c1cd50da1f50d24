import { Array, ArrayBuffer, Math, Number, Object, String, TypeError, Uint8Array } from "./builtins.ts";
import { joined } from "./blob.ts";
import { bytesToText, textToBytes } from "./services.ts";

const encodings: Readonly<Record<string, string>> = {
  ascii: "ascii",
  base64: "base64",
  base64url: "base64url",
  binary: "latin1",
  hex: "hex",
  latin1: "latin1",
  "ucs-2": "utf16le",
  ucs2: "utf16le",
  "utf-16le": "utf16le",
  "utf-8": "utf8",
  utf16le: "utf16le",
  utf8: "utf8",
};

/** Bytes as Node has them, as far as libraries need them that also run in browsers. */
export class Buffer extends Uint8Array<ArrayBuffer> {
  /**
   * Bytes of a text in an encoding, of a list, or of another view, copied; of an `ArrayBuffer`, shared, from an
   * offset on.
   */
  static override from(value: unknown, encodingOrOffset?: unknown, length?: unknown): Buffer {
    if (typeof value === "string") return over(textToBytes(value, encodingOf(encodingOrOffset)));
    if (value instanceof ArrayBuffer) return new Buffer(value, ...shared(encodingOrOffset, length));
    if (typeof value !== "object" || value === null) {
      throw new TypeError("Buffer.from: its first argument is neither a text nor a list of bytes");
    }
    const { type, data } = value as { type?: unknown; data?: unknown };
    const list = type === "Buffer" && Array.isArray(data) ? (data as number[]) : (value as ArrayLike<number>);
    return over(new Uint8Array(list));
  }

  static alloc(size: number, fill?: string | number | Uint8Array, encoding?: string): Buffer {
    const buffer = over(new Uint8Array(size));
    if (typeof fill === "number") return buffer.fill(fill);
    const pattern = fill === undefined ? [] : Buffer.from(fill, encoding);
    for (let at = 0; pattern.length > 0 && at < size; at += 1) buffer[at] = pattern[at % pattern.length] ?? 0;
    return buffer;
  }

  static allocUnsafe(size: number): Buffer {
    return over(new Uint8Array(size));
  }

  static byteLength(value: string | ArrayBuffer | ArrayBufferView, encoding?: string): number {
    return typeof value === "string" ? Buffer.from(value, encoding).length : value.byteLength;
  }

  static concat(list: readonly Uint8Array[], length?: number): Buffer {
    const all = over(joined(list));
    if (length === undefined || length === all.length) return all;
    const fitted = over(new Uint8Array(length));
    fitted.set(all.subarray(0, length));
    return fitted;
  }

  static compare(a: Uint8Array, b: Uint8Array): -1 | 0 | 1 {
    const shared = Math.min(a.length, b.length);
    let at = 0;
    while (at < shared && a[at] === b[at]) at += 1;
    const [x, y] = at < shared ? [a[at] ?? 0, b[at] ?? 0] : [a.length, b.length];
    return x < y ? -1 : x > y ? 1 : 0;
  }

  static isBuffer(value: unknown): value is Buffer {
    return value instanceof Buffer;
  }

  static isEncoding(encoding: unknown): boolean {
    return typeof encoding === "string" && Object.hasOwn(encodings, encoding.toLowerCase());
  }

  override toString(encoding?: string, start?: number, end?: number): string {
    return bytesToText(this.subarray(start ?? 0, end), encodingOf(encoding));
  }

  toJSON(): { type: "Buffer"; data: number[] } {
    return { type: "Buffer", data: [...this] };
  }

  equals(other: Uint8Array): boolean {
    return Buffer.compare(this, other) === 0;
  }

  compare(other: Uint8Array): -1 | 0 | 1 {
    return Buffer.compare(this, other);
  }

  /** A view of the same bytes, unlike `slice` of other typed arrays. */
  override slice(start?: number, end?: number): Buffer {
    return this.subarray(start, end);
  }

  override subarray(start?: number, end?: number): Buffer {
    return over(super.subarray(start, end));
  }

  copy(target: Uint8Array, targetStart = 0, start = 0, end: number = this.length): number {
    const part = this.subarray(start, Math.min(end, start + target.length - targetStart));
    target.set(part, targetStart);
    return part.length;
  }
}

/** The same bytes as a buffer. */
function over(bytes: Uint8Array<ArrayBuffer>): Buffer {
  return new Buffer(bytes.buffer, bytes.byteOffset, bytes.length);
}

function shared(offset: unknown, length: unknown): [offset: number, length?: number] {
  return length === undefined ? [Number(offset ?? 0)] : [Number(offset ?? 0), Number(length)];
}

function encodingOf(encoding: unknown): string {
  if (encoding === undefined || encoding === null) return "utf8";
  const known = Object.hasOwn(encodings, String(encoding).toLowerCase());
  const name = known ? encodings[String(encoding).toLowerCase()] : undefined;
  if (name === undefined) throw new TypeError(`Unknown encoding: ${encoding}`);
  return name;
}
