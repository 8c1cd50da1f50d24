import { Math, RangeError, String, TypeError, Uint8Array } from "./builtins.ts";
import { ask, bytesOf, decode, utf8 } from "./services.ts";

/** Encodes text as UTF-8. */
export class TextEncoder {
  readonly encoding = "utf-8";

  encode(text = ""): Uint8Array {
    return utf8(String(text));
  }

  /** Fills an array with as many whole characters as fit. */
  encodeInto(text: string, target: Uint8Array): { read: number; written: number } {
    let read = 0;
    let written = 0;
    for (const character of String(text)) {
      const bytes = utf8(character);
      if (written + bytes.length > target.length) break;
      target.set(bytes, written);
      written += bytes.length;
      read += character.length;
    }
    return { read, written };
  }
}

/** Decodes bytes in any encoding that the host knows; `stream` works for UTF-8 only. */
export class TextDecoder {
  readonly encoding: string;
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;
  /** Bytes of a character that the next call completes. */
  #rest: Uint8Array = new Uint8Array();
  #started = false;

  constructor(label = "utf-8", options: { fatal?: boolean; ignoreBOM?: boolean } = {}) {
    const encoding = ask<string>("encodingOf", String(label));
    if (encoding === undefined) throw new RangeError(`The "${label}" encoding is not supported`);
    this.encoding = encoding;
    this.fatal = options.fatal ?? false;
    this.ignoreBOM = options.ignoreBOM ?? false;
  }

  decode(source: ArrayBuffer | ArrayBufferView = new Uint8Array(), options: { stream?: boolean } = {}): string {
    let bytes = this.#rest.length === 0 ? bytesOf(source) : joined(this.#rest, bytesOf(source));
    const ignoreBOM = this.ignoreBOM || this.#started;
    if (options.stream) {
      if (this.encoding !== "utf-8") throw new TypeError(`TextDecoder: stream is not supported for ${this.encoding}`);
      const whole = bytes.length - unfinishedLength(bytes);
      this.#rest = bytes.slice(whole);
      bytes = bytes.subarray(0, whole);
      this.#started ||= whole > 0;
    } else {
      this.#rest = new Uint8Array();
      this.#started = false;
    }
    const text = decode(bytes, { encoding: this.encoding, fatal: this.fatal, ignoreBOM });
    if (text === undefined) throw new TypeError(`The encoded data was not valid for encoding ${this.encoding}`);
    return text;
  }
}

/** How many bytes at the end begin a UTF-8 character without ending it. */
function unfinishedLength(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) {
      const wanted = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return wanted > back ? back : 0;
    }
  }
  return 0;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
