import { type BytesService, host, type TextService } from "./host.ts";
import { parseJson, toJson } from "./intrinsics.ts";

/** Asks the worker for something that it computes from text; `undefined` when it refuses the input. */
export function ask<T>(service: TextService, input: unknown): T | undefined {
  const answer = host.service(service, toJson(input));
  return answer === undefined ? undefined : (parseJson(answer) as T);
}

/** Bytes that the worker makes. */
export function askBytes(service: BytesService, input: unknown): Uint8Array<ArrayBuffer> {
  return new Uint8Array(host.bytes(service, toJson(input)));
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
  const json = host.text("decode", copyOf(bytes), toJson(options));
  return json === undefined ? undefined : (parseJson(json) as string);
}

/** The base64 text of bytes. */
export function toBase64(bytes: Uint8Array): string {
  return parseJson(host.text("toBase64", copyOf(bytes), "null") ?? '""') as string;
}

/** The bytes of anything that holds bytes, without copying them. */
export function bytesOf(source: ArrayBuffer | ArrayBufferView): Uint8Array {
  if (!ArrayBuffer.isView(source)) return new Uint8Array(source);
  return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
}

/** A buffer that holds just these bytes. */
function copyOf(bytes: Uint8Array): ArrayBuffer {
  const whole = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength;
  if (whole && bytes.buffer instanceof ArrayBuffer) return bytes.buffer;
  return new Uint8Array(bytes).buffer;
}
