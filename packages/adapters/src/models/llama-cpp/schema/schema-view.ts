import type { JsonSchema, JsonSchemaObject } from "@smoltools/core";

/** A schema whose references are looked up in the schema that it is part of. */
export class SchemaView {
  readonly root: JsonSchemaObject;
  readonly #definitions: Readonly<Record<string, JsonSchema>>;

  constructor(root: JsonSchemaObject) {
    this.root = root;
    this.#definitions = { ...root.definitions, ...root.$defs };
  }

  /** The schemas that references can name. */
  get definitions(): Readonly<Record<string, JsonSchema>> {
    return this.#definitions;
  }

  /** The name of the definition that a reference leads to; `undefined` for references of other forms. */
  definitionName(reference: string): string | undefined {
    const segment = /^#\/(?:\$defs|definitions)\/([^/]+)$/.exec(reference)?.[1];
    const name = segment === undefined ? undefined : decode(segment);
    return name !== undefined && Object.hasOwn(this.#definitions, name) ? name : undefined;
  }

  /** The schema itself, or the one that its references lead to; `true` where they lead nowhere. */
  resolve(schema: JsonSchema): JsonSchema {
    let resolved = schema;
    for (let steps = 0; typeof resolved === "object" && resolved.$ref !== undefined; steps++) {
      const name = this.definitionName(resolved.$ref);
      const target = name === undefined ? undefined : this.#definitions[name];
      if (target === undefined || steps > 32) return true;
      resolved = target;
    }
    return resolved;
  }

  /** True when `null` is a value of the schema. */
  acceptsNull(schema: JsonSchema, depth = 0): boolean {
    const resolved = this.resolve(schema);
    if (typeof resolved === "boolean" || depth > 32) return resolved !== false;
    if (resolved.const !== undefined) return resolved.const === null;
    if (resolved.enum) return resolved.enum.includes(null);
    if (resolved.type !== undefined) return [resolved.type].flat().includes("null");
    const choices = resolved.anyOf ?? resolved.oneOf;
    return choices ? choices.some((choice) => this.acceptsNull(choice, depth + 1)) : true;
  }
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment).replaceAll("~1", "/").replaceAll("~0", "~");
  } catch {
    return undefined;
  }
}
