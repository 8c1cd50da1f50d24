import { Buffer } from "node:buffer";
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { intlService } from "./intl-service.ts";
import type { BytesService, DecodeService, TextService } from "../guest/host.ts";

// What the web globals inside ask the worker to compute. Everything crosses as JSON or bytes; a service that refuses
// its input gives `undefined`.

const urlParts = [
  "href",
  "origin",
  "protocol",
  "username",
  "password",
  "host",
  "hostname",
  "port",
  "pathname",
  "search",
  "hash",
] as const;

const textServices: Readonly<Record<TextService, (input: unknown) => unknown>> = {
  url: (input) => {
    const [url, base] = input as [string, string?];
    return URL.canParse(url, base) ? partsOf(new URL(url, base)) : undefined;
  },
  urlWith: (input) => {
    const [href, part, value] = input as [string, Exclude<(typeof urlParts)[number], "origin">, string];
    const url = new URL(href);
    if (urlParts.includes(part)) url[part] = value;
    return partsOf(url);
  },
  readParams: (input) => [...new URLSearchParams(String(input))],
  writeParams: (input) => new URLSearchParams(input as [string, string][]).toString(),
  atob: (input) => attempt(() => atob(String(input))),
  btoa: (input) => attempt(() => btoa(String(input))),
  encodingOf: (input) => attempt(() => new TextDecoder(String(input)).encoding),
  uuid: () => randomUUID(),
  intl: intlService,
};

const bytesServices: Readonly<Record<BytesService, (input: unknown) => Uint8Array>> = {
  utf8: (input) => Buffer.from(String(input), "utf8"),
  fromText: (input) => {
    const [text, encoding] = input as [string, unknown];
    return Buffer.from(String(text), encodingFrom(encoding));
  },
  random: (input) => randomBytes(Math.min(Number(input), 65_536)),
  randomNumbers: (input) => randomNumbers(Math.min(Number(input), 4096)),
};

const decodeServices: Readonly<Record<DecodeService, (bytes: Uint8Array, options: unknown) => unknown>> = {
  decode: (bytes, options) => {
    const { encoding, fatal, ignoreBOM } = options as { encoding: string; fatal?: boolean; ignoreBOM?: boolean };
    return attempt(() =>
      new TextDecoder(encoding, { fatal: fatal ?? false, ignoreBOM: ignoreBOM ?? false }).decode(bytes),
    );
  },
  toText: (bytes, encoding) =>
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(encodingFrom(encoding)),
  digest: (bytes, algorithm) => createHash(String(algorithm).replace("-", "")).update(bytes).digest("base64"),
};

/** Answers a question in JSON. */
export function textService(name: string, input: string): string | undefined {
  return isKey(textServices, name) ? JSON.stringify(textServices[name](JSON.parse(input))) : undefined;
}

/** Makes bytes from JSON. */
export function bytesService(name: string, input: string): Uint8Array {
  return isKey(bytesServices, name) ? bytesServices[name](JSON.parse(input)) : new Uint8Array();
}

/** Makes JSON from bytes. */
export function decodeService(name: string, bytes: Uint8Array, options: string): string | undefined {
  return isKey(decodeServices, name) ? JSON.stringify(decodeServices[name](bytes, JSON.parse(options))) : undefined;
}

function encodingFrom(name: unknown): BufferEncoding {
  return typeof name === "string" && Buffer.isEncoding(name) ? name : "utf8";
}

/** Numbers from 0 up to 1, as `Math.random` gives them: of 53 random bits each. */
function randomNumbers(count: number): Uint8Array {
  const bits = new Uint32Array(new Uint8Array(randomBytes(8 * count)).buffer);
  const numbers = new Float64Array(count);
  for (let index = 0; index < count; index += 1) {
    const high = (bits[2 * index] ?? 0) >>> 5;
    const low = (bits[2 * index + 1] ?? 0) >>> 6;
    numbers[index] = (high * 2 ** 26 + low) / 2 ** 53;
  }
  return new Uint8Array(numbers.buffer);
}

function partsOf(url: URL): Record<string, string> {
  return Object.fromEntries(urlParts.map((part) => [part, url[part]]));
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

function isKey<T extends object>(table: T, key: string): key is Extract<keyof T, string> {
  return Object.hasOwn(table, key);
}
