import { followKeys, pointerKeys } from "../json-pointer.ts";
import type { JsonSchema, JsonSchemaObject } from "../json-schema.ts";
import { isSchema, type Subschema, subschemas } from "../subschemas.ts";

/** Stands in for the address of a schema that has no `$id`. */
const rootUri = "https://schema.invalid/";

/** A schema that has been reached. */
export interface SchemaNode {
  schema: JsonSchemaObject;
  pointer: string;
  depth: number;
}

/**
 * The schemas of one document, and what their references lead to.
 *
 * Source: JSON Schema 2020-12, core, section 8.2. Nothing outside the document is fetched.
 */
export class SchemaRefs {
  readonly #bases = new Map<JsonSchemaObject, string>();
  readonly #resources = new Map<string, JsonSchema>();
  readonly #anchors = new Map<string, JsonSchema>();

  /**
   * Walks over a schema and all schemas in it, and remembers their addresses.
   *
   * @param reach - Called for each, before the schemas in it.
   */
  add(
    schema: JsonSchema,
    reach: (node: SchemaNode) => void,
    pointer: string = "#",
    around: string = rootUri,
    depth: number = 0,
  ): void {
    if (this.#resources.size === 0) this.#resources.set(rootUri, schema);
    if (typeof schema === "boolean" || this.#bases.has(schema)) return;
    reach({ schema, pointer, depth });
    let base = around;
    if (schema.$id !== undefined && !schema.$id.startsWith("#")) {
      base = withoutFragment(absolute(schema.$id, around));
      this.#resources.set(base, schema);
    }
    this.#bases.set(schema, base);
    if (schema.$anchor !== undefined) this.#anchors.set(`${base}#${schema.$anchor}`, schema);
    for (const inner of subschemas(schema)) this.add(inner.schema, reach, pointer + inner.pointer, base, depth + 1);
  }

  /** What the `$ref` of a schema leads to; `undefined` when it leads nowhere, or out of the document. */
  target(schema: JsonSchemaObject): JsonSchema | undefined {
    if (schema.$ref === undefined) return undefined;
    const uri = absolute(schema.$ref, this.#bases.get(schema) ?? rootUri);
    const base = withoutFragment(uri);
    const fragment = uri.slice(base.length + 1);
    if (fragment !== "" && !fragment.startsWith("/")) return this.#anchors.get(`${base}#${fragment}`);
    const found = followKeys(this.#resources.get(base), pointerKeys(fragment));
    return isSchema(found) ? found : undefined;
  }
}

/** The schemas that a schema applies to the same value, those that it refers to included. */
export function inPlace(schema: JsonSchemaObject, target: JsonSchema | undefined): JsonSchema[] {
  const parts = subschemas(schema).filter((inner: Subschema) => inner.isInPlace);
  return [...(target === undefined ? [] : [target]), ...parts.map((inner) => inner.schema)];
}

function absolute(reference: string, base: string): string {
  // A fragment is kept as it is written: a URL would encode some of its characters.
  const hash = reference.indexOf("#");
  const address = hash === -1 ? reference : reference.slice(0, hash);
  const fragment = hash === -1 ? "" : reference.slice(hash);
  if (address === "") return base + fragment;
  try {
    return new URL(address, base).href + fragment;
  } catch {
    return reference;
  }
}

function withoutFragment(uri: string): string {
  return uri.split("#", 1)[0] ?? uri;
}
