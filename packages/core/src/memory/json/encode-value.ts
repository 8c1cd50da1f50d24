import { isMediaRef, MediaRef } from "../../media/media-ref.ts";
import { decodeBase64, encodeBase64 } from "../../media/base64.ts";
import { headOf } from "../../messages/cut-text.ts";
import { isList } from "../../schema/is-list.ts";
import type { JsonObject, JsonValue } from "../../schema/json-schema.ts";
import { MemoryError } from "../memory-error.ts";

/** Levels of JSON that a value may have: with its place in a memory it is within what an import takes. */
const maxLevels = 190;

/** Longest place that an error names, in characters. */
const maxPlace = 200;

/** The key that tells values apart which JSON has no form for. */
const tag = "$type";

/**
 * A value as JSON, such that {@link decodeValue} gives the same value again.
 *
 * Takes what `structuredClone` takes of plain data: numbers that are not finite, `undefined`, big integers, dates, maps,
 * sets and bytes; and media. JSON values stand for themselves.
 *
 * @param path - Where the value is, for the error.
 * @throws MemoryError `MEMORY_NOT_SERIALIZABLE` for functions, symbols, other classes, values that contain themselves,
 *   and values with more than 190 levels.
 */
export function encodeValue(value: unknown, path = "value"): JsonValue {
  return encode(value, path, { above: new Set(), levels: maxLevels });
}

/**
 * The value that was encoded. A tag that is not known stands for itself: it is data.
 *
 * @throws what its parts throw when they are malformed; see `Memory.fromJSON`.
 */
export function decodeValue(json: JsonValue): unknown {
  if (typeof json !== "object" || json === null) return json;
  if (isList(json)) return json.map(decodeValue);
  const type = json[tag];
  const decode = typeof type === "string" && Object.hasOwn(decoders, type) ? decoders[type] : undefined;
  return decode ? decode(json) : plainObject(json);
}

/** What a value is within. */
interface Surroundings {
  readonly above: Set<object>;
  /** How many levels of JSON are left. */
  readonly levels: number;
}

function encode(value: unknown, path: string, around: Surroundings): JsonValue {
  if (around.levels <= 0) throw refusal(path, `more than ${maxLevels} levels deep`);
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) && !Object.is(value, -0) ? value : tagged("number", numberText(value));
    case "undefined":
      return { [tag]: "undefined" };
    case "bigint":
      return tagged("bigint", String(value));
    case "object":
      return value === null ? null : encodeObject(value, path, around);
    default:
      throw refusal(path, `a ${typeof value}`);
  }
}

function encodeObject(value: object, path: string, { above, levels }: Surroundings): JsonValue {
  if (above.has(value)) throw refusal(path, "a value that contains itself");
  above.add(value);
  // A map, a set and an object with a mark of its own stand inside another object.
  const inside = { above, levels: levels - (value instanceof Map || value instanceof Set || tag in value ? 2 : 1) };
  const part = (inner: unknown, key: string | number): JsonValue => encode(inner, `${path}/${key}`, inside);
  const json = encodeParts(value, path, part);
  above.delete(value);
  return json;
}

function encodeParts(
  value: object,
  path: string,
  part: (inner: unknown, key: string | number) => JsonValue,
): JsonValue {
  if (Array.isArray(value)) return Array.from(value, part);
  if (isMediaRef(value)) return encodeMedia(value);
  if (value instanceof Date) return tagged("date", Number.isNaN(value.getTime()) ? "NaN" : value.toISOString());
  if (value instanceof Map)
    return tagged(
      "map",
      Array.from(value, (entry, index) => part([...entry], index)),
    );
  if (value instanceof Set) return tagged("set", Array.from(value, part));
  if (value instanceof Uint8Array) return tagged("bytes", encodeBase64(value));
  const prototype: unknown = Object.getPrototypeOf(value);
  // Of another realm, such as a test runner's: its prototype has no prototype either.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    throw refusal(path, `an object of the class ${value.constructor?.name || "without a name"}`);
  }
  const entries = Object.entries(value).map(([key, inner]): [string, JsonValue] => [key, part(inner, key)]);
  const plain = Object.fromEntries(entries);
  return Object.hasOwn(plain, tag) ? tagged("object", plain) : plain;
}

function encodeMedia(media: MediaRef): JsonObject {
  const { mediaType, name, url } = media;
  const data = media.toBase64();
  return {
    [tag]: "media",
    mediaType,
    ...(name !== undefined && { name }),
    ...(url !== undefined && { url }),
    ...(data !== undefined && { data }),
  };
}

const decoders: Readonly<Record<string, (json: JsonObject) => unknown>> = {
  undefined: () => undefined,
  number: ({ value }) => (value === "-0" ? -0 : Number(value)),
  bigint: ({ value }) => BigInt(String(value)),
  date: ({ value }) => new Date(value === "NaN" ? Number.NaN : String(value)),
  map: ({ value }) => new Map(list(value).map((entry) => decodeValue(entry) as [unknown, unknown])),
  set: ({ value }) => new Set(list(value).map(decodeValue)),
  bytes: ({ value }) => decodeBase64(String(value)),
  object: ({ value }) => plainObject(value as JsonObject),
  media: decodeMedia,
};

function decodeMedia(json: JsonObject): MediaRef {
  const options = {
    mediaType: String(json["mediaType"]),
    ...(json["name"] !== undefined && { name: String(json["name"]) }),
  };
  return json["data"] === undefined
    ? MediaRef.fromUrl(String(json["url"]), options)
    : MediaRef.fromBytes(decodeBase64(String(json["data"])), options);
}

function plainObject(json: JsonObject): Record<string, unknown> {
  return Object.fromEntries(Object.entries(json).map(([key, inner]) => [key, decodeValue(inner)]));
}

function list(json: JsonValue | undefined): JsonValue[] {
  if (!Array.isArray(json)) throw new TypeError("a map or set needs a list");
  return json;
}

function numberText(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

function tagged(type: string, value: JsonValue): JsonObject {
  return { [tag]: type, value };
}

function refusal(path: string, what: string): MemoryError {
  const place = path.length > maxPlace ? `${headOf(path, maxPlace)}…` : path;
  return new MemoryError(`The memory cannot be exported: ${place} is ${what}, which has no JSON form`, {
    code: "MEMORY_NOT_SERIALIZABLE",
    data: { path },
  });
}
