import {
  canonicalJson,
  type JsonSchema,
  type JsonSchemaObject,
  type JsonValue,
  SchemaValidator,
} from "@smoltools/core";
import type { Budget } from "./budget.ts";

/** A reference that does not lead into the definitions. */
const strayReference = /"\$ref":"(?!#\/(?:\$defs|definitions)\/)/;

/** A whole schema, in which the references of its parts lead. */
export class SchemaRoot {
  readonly schema: JsonSchema;
  readonly #budget: Budget;
  readonly #validators = new Map<string, SchemaValidator | undefined>();

  constructor(schema: JsonSchema, budget: Budget) {
    this.schema = schema;
    this.#budget = budget;
  }

  /**
   * @throws SmoltoolsError `SCHEMA_INVALID` when the schema cannot be used, and so not be compared either; Error when it
   *   names parts of it as documents of their own.
   */
  check(): SchemaValidator {
    const validator = new SchemaValidator(this.schema);
    const { $id: _name, ...parts } = typeof this.schema === "object" ? this.schema : {};
    // References in such a part lead elsewhere than in the rest.
    if (/"\$id":"/.test(canonicalJson(parts))) throw new Error("a part of it has an address of its own ($id)");
    return validator;
  }

  /** True when all references lead into the definitions, so that equal definitions give them equal meanings. */
  refersToDefinitions(): boolean {
    return !strayReference.test(canonicalJson(this.schema));
  }

  /** What a reference leads to; `undefined` when it leads nowhere, or out of the schema. */
  target(ref: string): JsonSchema | undefined {
    if (ref === "#") return this.schema;
    if (!ref.startsWith("#/")) return undefined;
    let node: unknown = this.schema;
    for (const part of ref.slice(2).split("/")) {
      const key = decode(part)?.replaceAll("~1", "/").replaceAll("~0", "~");
      if (key === undefined || typeof node !== "object" || node === null || !Object.hasOwn(node, key)) return undefined;
      node = Reflect.get(node, key);
    }
    return typeof node === "boolean" || (typeof node === "object" && node !== null) ? (node as JsonSchema) : undefined;
  }

  /** Finds out whether a part of the schema accepts values; `undefined` when that cannot be found out. */
  judge(part: JsonSchema): ((value: JsonValue) => boolean) | undefined {
    const validator = this.#validator(part);
    return validator && ((value) => validator.findings(value).length === 0);
  }

  /** The definitions as text, to see whether two schemas mean the same by the same reference. */
  definitionsText(): string {
    if (typeof this.schema === "boolean") return "{}";
    return canonicalJson({ $defs: this.schema.$defs ?? {}, definitions: this.schema.definitions ?? {} });
  }

  #validator(part: JsonSchema): SchemaValidator | undefined {
    const text = canonicalJson(part);
    this.#budget.spend(text.length);
    if (!this.#validators.has(text)) this.#validators.set(text, this.#compile(part, text));
    return this.#validators.get(text);
  }

  #compile(part: JsonSchema, text: string): SchemaValidator | undefined {
    // A part takes the definitions along; references to other places would lead astray.
    if (strayReference.test(text)) return undefined;
    const { $defs, definitions } = typeof this.schema === "object" ? this.schema : {};
    const alone: JsonSchemaObject = { allOf: [part], ...($defs && { $defs }), ...(definitions && { definitions }) };
    try {
      return new SchemaValidator(alone);
    } catch {
      return undefined; // A schema that cannot be used proves nothing.
    }
  }
}

function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
