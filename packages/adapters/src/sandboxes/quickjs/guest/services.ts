import { ArrayBuffer, RangeError, Uint8Array } from "./builtins.ts";
import { type BytesService, type DecodeService, host, type TextService } from "./host.ts";
import { parseJson, toJson } from "./intrinsics.ts";

/** Most characters or bytes that are converted at once, so that the worker has room for it several times over. */
const maxLength = 32 * 1024 * 1024;
/** Most characters of JSON from which the worker makes something with many parts. */
const maxPartsLength = 4 * 1024 * 1024;

/**
 * Asks the worker for something that it computes from text; `undefined` when it refuses the input.
 *
 * Here and below a RangeError says that the input is too long.
 */
export function ask<T>(service: TextService, input: unknown): T | undefined {
  const json = toJson(input);
  checkLength(json.length, service === "atob" || service === "btoa" ? maxLength : maxPartsLength);
  const answer = host.service(service, json);
  return answer === undefined ? undefined : (parseJson(answer) as T);
}

/** Bytes that the worker makes. */
export function askBytes(service: BytesService, input: unknown): Uint8Array<ArrayBuffer> {
  const json = toJson(input);
  checkLength(json.length, maxLength);
  return new Uint8Array(host.bytes(service, json));
}

/** The UTF-8 bytes of a text. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return text === "" ? new Uint8Array() : askBytes("utf8", text);
}

/** How {@link decode} reads bytes. */
interface DecodeOptions {
  encoding: string;
  fatal?: boolean;
  ignoreBOM?: boolean;
}

/** The text of bytes; `undefined` when they are not valid and `fatal` is set. */
export function decode(bytes: Uint8Array, options: DecodeOptions): string | undefined {
  const json = read("decode", bytes, options);
  return json === undefined ? undefined : (parseJson(json) as string);
}

/** The digest of bytes. */
export function digest(algorithm: string, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return askBytes("fromText", [parseJson(read("digest", bytes, algorithm) ?? '""'), "base64"]);
}

/** The bytes of a text in one of the encodings of `Buffer`. */
export function textToBytes(text: string, encoding: string): Uint8Array<ArrayBuffer> {
  return text === "" ? new Uint8Array() : askBytes("fromText", [text, encoding]);
}

/** The text of bytes in one of the encodings of `Buffer`. */
export function bytesToText(bytes: Uint8Array, encoding: string): string {
  return bytes.length === 0 ? "" : (parseJson(read("toText", bytes, encoding) ?? '""') as string);
}

/** The bytes of anything that holds bytes, without copying them. */
export function bytesOf(source: ArrayBuffer | ArrayBufferView): Uint8Array {
  if (!ArrayBuffer.isView(source)) return new Uint8Array(source);
  return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
}

function read(service: DecodeService, bytes: Uint8Array, options: unknown): string | undefined {
  checkLength(bytes.length, maxLength);
  return host.text(service, copyOf(bytes), toJson(options));
}

function checkLength(length: number, most: number): void {
  if (length <= most) return;
  throw new RangeError(`${length} characters or bytes are too many to convert at once: take at most ${most}`);
}

/** A buffer that holds just these bytes. */
function copyOf(bytes: Uint8Array): ArrayBuffer {
  const whole = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength;
  if (whole && bytes.buffer instanceof ArrayBuffer) return bytes.buffer;
  return new Uint8Array(bytes).buffer;
}
