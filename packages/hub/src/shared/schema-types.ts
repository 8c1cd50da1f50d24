import { isObject } from "./is-object.ts";

/** How deep a schema is looked into: what is deeper is of no use for a search. */
const maxDepth = 6;
/** Most names of one schema. */
const maxNames = 50;
/** How many parts of a schema are looked at: references can make a few lines endless. */
const maxParts = 200;

/** Where the search in one schema stands. */
interface Look {
  root: unknown;
  parts: number;
}

/**
 * The names by which a value of a schema can be searched for: its JSON types, `image`, `audio` or `file` for media,
 * the `format` of strings, and for lists `array` and the name of their items with `[]`. An `integer` is a `number`
 * too.
 *
 * The schema may be anybody's: it is looked at no further than a fixed depth.
 *
 * @param schema - A JSON Schema.
 * @param root - The schema in which its `$ref`s point; default: itself.
 */
export function schemaTypes(schema: unknown, root: unknown = schema): string[] {
  const found = new Set<string>();
  collect(schema, { root, parts: 0 }, found, 0);
  return [...found].slice(0, maxNames);
}

function collect(schema: unknown, look: Look, found: Set<string>, depth: number): void {
  look.parts += 1;
  if (!isObject(schema) || depth > maxDepth || look.parts > maxParts) return;
  const ref = schema["$ref"];
  if (typeof ref === "string") collect(resolve(look.root, ref), look, found, depth + 1);
  for (const keyword of ["anyOf", "oneOf", "allOf"]) {
    for (const branch of listOf(schema[keyword])) collect(branch, look, found, depth + 1);
  }
  const media = mediaKind(schema);
  if (media !== undefined) {
    found.add(media);
    return;
  }
  for (const type of typeNames(schema)) {
    found.add(type);
    if (type === "integer") found.add("number");
    if (type === "array") {
      const items = new Set<string>();
      collect(schema["items"], look, items, depth + 1);
      for (const item of items) found.add(`${item}[]`);
    }
  }
  if (typeof schema["format"] === "string") found.add(schema["format"].slice(0, 40));
}

function typeNames(schema: Record<string, unknown>): string[] {
  const declared = [schema["type"]].flat().filter((type) => typeof type === "string");
  if (declared.length > 0) return declared;
  const values = Object.hasOwn(schema, "const") ? [schema["const"]] : listOf(schema["enum"]);
  return values.map(typeOf);
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value;
}

/** The kind of a media value, which is an object whose `kind` can only be one. */
function mediaKind({ properties }: Record<string, unknown>): string | undefined {
  const kind = isObject(properties) && isObject(properties["kind"]) ? properties["kind"]["const"] : undefined;
  return typeof kind === "string" && ["image", "audio", "video", "file"].includes(kind) ? kind : undefined;
}

/** What `#/a/b` points at. */
function resolve(root: unknown, ref: string): unknown {
  if (!ref.startsWith("#")) return undefined;
  let found: unknown = root;
  for (const piece of ref.slice(1).split("/").slice(1)) {
    const name = piece.replaceAll("~1", "/").replaceAll("~0", "~");
    found = isObject(found) && Object.hasOwn(found, name) ? found[name] : undefined;
  }
  return found;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value.slice(0, maxNames) : [];
}
