// Bundled into tool packages whose functions take or return types that JSON does not have. It imports nothing.

interface Node {
  $ref?: string;
  $defs?: Record<string, Node | boolean>;
  "x-ts"?: string;
  type?: unknown;
  properties?: Record<string, Node | boolean>;
  additionalProperties?: Node | boolean;
  items?: Node | boolean;
  prefixItems?: (Node | boolean)[];
  anyOf?: (Node | boolean)[];
  allOf?: (Node | boolean)[];
}

type Convert = (type: string, value: unknown) => unknown;

/** Makes the author's types of JSON: a date-time text becomes a `Date`, where the schema says so. */
export function decode(schema: Node | boolean, value: unknown): unknown {
  return walk(schema, value, root(schema), (type, json) => {
    if (typeof json === "string") {
      if (type === "Date") return new Date(json);
      if (type === "URL") return new URL(json);
      if (type === "bigint") return BigInt(json);
      if (type === "Uint8Array" || type === "Buffer") return bytes(json);
      if (type === "ArrayBuffer") return bytes(json).buffer;
    }
    if (type === "Map" && typeof json === "object" && json !== null) {
      return new Map(Array.isArray(json) ? (json as [unknown, unknown][]) : Object.entries(json));
    }
    return type === "Set" && Array.isArray(json) ? new Set(json) : json;
  });
}

/** Makes JSON of what the author's function returned. */
export function encode(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return value;
  if (typeof URL !== "undefined" && value instanceof URL) return value.href;
  if (value instanceof Uint8Array) return base64(value);
  if (value instanceof ArrayBuffer) return base64(new Uint8Array(value));
  if (value instanceof Set) return [...value].map(encode);
  if (value instanceof Map) {
    const entries = [...value].map(([key, member]): [unknown, unknown] => [key, encode(member)]);
    return entries.every(([key]) => typeof key === "string") ? Object.fromEntries(entries) : entries;
  }
  if (Array.isArray(value)) return value.map(encode);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, encode(member)]));
}

function root(schema: Node | boolean): Node {
  return typeof schema === "object" ? schema : {};
}

function walk(schema: Node | boolean | undefined, value: unknown, top: Node, convert: Convert): unknown {
  if (typeof schema !== "object" || value === null || value === undefined) return value;
  if (schema.$ref !== undefined) {
    const target = top.$defs?.[schema.$ref.replace("#/$defs/", "")];
    return walk(target, value, top, convert);
  }
  let result: unknown = value;
  if (Array.isArray(value)) {
    result = value.map((item, i) => walk(schema.prefixItems?.[i] ?? schema.items, item, top, convert));
  } else if (typeof value === "object") {
    const entries = Object.entries(value as object).map(([key, member]): [string, unknown] => [
      key,
      walk(schema.properties?.[key] ?? schema.additionalProperties, member, top, convert),
    ]);
    result = Object.fromEntries(entries);
  }
  // Of a union, the branches that do not fit the value leave it as it is.
  for (const branch of [...(schema.allOf ?? []), ...(schema.anyOf ?? [])]) {
    if (fits(branch, value)) result = walk(branch, result, top, convert);
  }
  return schema["x-ts"] === undefined ? result : convert(schema["x-ts"], result);
}

function fits(branch: Node | boolean, value: unknown): boolean {
  if (typeof branch !== "object" || branch.type === undefined) return true;
  const kind = Array.isArray(value) ? "array" : typeof value;
  return branch.type === kind || (Array.isArray(branch.type) && branch.type.includes(kind));
}

function bytes(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (char) => char.codePointAt(0) ?? 0);
}

function base64(data: Uint8Array): string {
  let text = "";
  for (const byte of data) text += String.fromCodePoint(byte);
  return btoa(text);
}
