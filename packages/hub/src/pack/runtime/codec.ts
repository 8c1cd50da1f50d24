// Bundled into tool packages whose functions take or return types that JSON does not have. It imports nothing.

/** A schema. */
type Part = Node | boolean;

interface Node {
  $ref?: string;
  $defs?: Record<string, Part>;
  "x-ts"?: string;
  type?: unknown;
  const?: unknown;
  enum?: unknown[];
  required?: string[];
  properties?: Record<string, Part>;
  additionalProperties?: Part;
  items?: Part;
  prefixItems?: Part[];
  anyOf?: Part[];
  allOf?: Part[];
}

/** Makes the author's types of JSON: a date-time text becomes a `Date`, where the schema says so. */
export function decode(schema: Part, value: unknown): unknown {
  return walk(schema, value, schema);
}

/**
 * Makes JSON of what the author's function returned.
 *
 * @param schema - Says of a `Map` whether it is an object or a list of entries; its keys say so where there is none.
 * @param top - Has the definitions that `schema` refers to.
 */
export function encode(value: unknown, schema: Part = true, top: Part = schema): unknown {
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof RegExp) return value.source;
  if (typeof URL !== "undefined" && value instanceof URL) return value.href;
  if (value instanceof Uint8Array) return base64(value);
  if (value instanceof ArrayBuffer) return base64(new Uint8Array(value));
  const node = branchOf(schema, value, top);
  if (value instanceof Map) return encodeMap(value, node, top);
  if (value instanceof Set) return [...value].map((item) => encode(item, node.items, top));
  if (Array.isArray(value)) return value.map((item, i) => encode(item, node.prefixItems?.[i] ?? node.items, top));
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, encode(member, propertyOf(node, key), top)]),
  );
}

function encodeMap(map: ReadonlyMap<unknown, unknown>, node: Node, top: Part): unknown {
  const isObject = node["x-ts"] === "Map" ? node.type === "object" : [...map.keys()].every(isText);
  if (isObject) {
    return Object.fromEntries([...map].map(([key, member]) => [key, encode(member, node.additionalProperties, top)]));
  }
  return [...map].map((entry) => encode(entry, node.items, top));
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

/** The part of a schema that is about a value: references followed, of a union the branch that fits. */
function branchOf(schema: Part, value: object, top: Part): Node {
  const node = followed(schema, top);
  const branches = (node.anyOf ?? []).map((branch) => followed(branch, top));
  if (value instanceof Map) return branches.find((branch) => branch["x-ts"] === "Map") ?? node;
  if (value instanceof Set) return branches.find((branch) => branch["x-ts"] === "Set") ?? node;
  return branches.find((branch) => fits(branch, value, top)) ?? node;
}

function followed(schema: Part, top: Part): Node {
  if (typeof schema !== "object") return {};
  if (schema.$ref === undefined) return schema;
  const definitions = typeof top === "object" ? (top.$defs ?? {}) : {};
  return followed(definitions[schema.$ref.replace("#/$defs/", "")] ?? true, top);
}

function propertyOf({ properties = {}, additionalProperties }: Node, key: string): Part | undefined {
  return Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
}

/** The same value with the bytes of each `Blob` in its place: they can be had only later, and {@link encode} is now. */
export async function readBlobs(value: unknown): Promise<unknown> {
  if (typeof Blob !== "undefined" && value instanceof Blob) return value.arrayBuffer();
  if (Array.isArray(value)) return Promise.all(value.map(readBlobs));
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const members = Object.entries(value).map(async ([key, member]): Promise<[string, unknown]> => [
    key,
    await readBlobs(member),
  ]);
  return Object.fromEntries(await Promise.all(members));
}

function convert(type: string, json: unknown): unknown {
  if (typeof json === "string") return convertText(type, json);
  if (type === "Map" && typeof json === "object" && json !== null) {
    return new Map(Array.isArray(json) ? (json as [unknown, unknown][]) : Object.entries(json));
  }
  return type === "Set" && Array.isArray(json) ? new Set(json) : json;
}

/** A text that is none of the type is left as it is: it belongs to another branch of a union. */
function convertText(type: string, text: string): unknown {
  try {
    if (type === "Date") return Number.isNaN(Date.parse(text)) ? text : new Date(text);
    if (type === "URL") return new URL(text);
    if (type === "RegExp") return new RegExp(text);
    if (type === "bigint") return /^-?[0-9]+$/.test(text) ? BigInt(text) : text;
    if (type === "Buffer" && typeof Buffer !== "undefined") return Buffer.from(text, "base64");
    if (type === "Uint8Array" || type === "Buffer") return bytes(text);
    if (type === "ArrayBuffer") return bytes(text).buffer;
    if (type === "Blob") return new Blob([bytes(text)]);
  } catch {
    return text;
  }
  return text;
}

function walk(schema: Part | undefined, value: unknown, top: Part): unknown {
  if (typeof schema !== "object" || value === null || value === undefined) return value;
  if (schema.$ref !== undefined) return walk(followed(schema, top), value, top);
  let result: unknown = value;
  if (Array.isArray(value)) {
    result = value.map((item, i) => walk(schema.prefixItems?.[i] ?? schema.items, item, top));
  } else if (typeof value === "object") {
    const entries = Object.entries(value as object).map(([key, member]): [string, unknown] => [
      key,
      walk(propertyOf(schema, key), member, top),
    ]);
    result = Object.fromEntries(entries);
  }
  for (const branch of schema.allOf ?? []) result = walk(branch, result, top);
  // Of a union, the first branch that fits the value says what its parts are.
  const branch = schema.anyOf?.find((one) => fits(one, value, top) && changes(one, result, top));
  if (branch !== undefined) result = walk(branch, result, top);
  return schema["x-ts"] === undefined ? result : convert(schema["x-ts"], result);
}

/** True when a branch makes another value of this one. */
function changes(branch: Part, value: unknown, top: Part): boolean {
  return typeof value === "object" || walk(branch, value, top) !== value;
}

/** True when the value may belong to a branch, by its type and by the tags of objects. */
function fits(schema: Part, value: unknown, top: Part): boolean {
  if (typeof schema !== "object") return schema;
  const branch = followed(schema, top);
  if (branch.const !== undefined && branch.const !== value) return false;
  if (branch.enum && !branch.enum.includes(value)) return false;
  const kind = Array.isArray(value) ? "array" : typeof value;
  const types = branch.type === undefined ? [kind] : [branch.type].flat();
  if (!types.includes(kind) && !(kind === "number" && types.includes("integer"))) return false;
  if (kind !== "object" || value === null) return true;
  const object = new Map(Object.entries(value as object));
  if (branch.required?.some((key) => !object.has(key))) return false;
  return Object.entries(branch.properties ?? {}).every(([key, property]) => {
    const isTag = typeof property === "object" && (property.const !== undefined || property.enum !== undefined);
    return !isTag || !object.has(key) || fits(property, object.get(key), top);
  });
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (char) => char.codePointAt(0) ?? 0);
}

function base64(data: Uint8Array): string {
  let text = "";
  for (const byte of data) text += String.fromCodePoint(byte);
  return btoa(text);
}
