import type { JsonSchema, JsonSchemaObject } from "@smoltools/core";
import { fieldOf } from "../../json-access.ts";
import { isSchema } from "../../map-subschemas.ts";

/** References that lead from one to the next, and choices within choices, that are followed. */
const maxSteps = 32;

/** A schema whose references are looked up in the document that it is part of. */
export class SchemaDocument {
  readonly root: JsonSchemaObject;

  constructor(root: JsonSchemaObject) {
    this.root = root;
  }

  /** What a reference leads to, where that is a place in this document; anchors and addresses are not followed. */
  target(reference: string): JsonSchema | undefined {
    const keys = pointerKeys(reference);
    let here: unknown = keys && this.root;
    for (const key of keys ?? []) here = Array.isArray(here) ? here[Number(key)] : fieldOf(here, key);
    return isSchema(here) ? here : undefined;
  }

  /** The schema itself, or the one that its references lead to; `true` where they lead nowhere. */
  resolve(schema: JsonSchema): JsonSchema {
    let resolved = schema;
    for (let steps = 0; typeof resolved === "object" && resolved.$ref !== undefined; steps++) {
      const target = this.target(resolved.$ref);
      if (target === undefined || steps > maxSteps) return true;
      resolved = target;
    }
    return resolved;
  }

  /** True when `null` is a value of the schema, as far as can be told from its type, its values and its choices. */
  acceptsNull(schema: JsonSchema, depth: number = 0): boolean {
    const resolved = this.resolve(schema);
    if (typeof resolved === "boolean" || depth > maxSteps) return resolved !== false;
    if (resolved.const !== undefined) return resolved.const === null;
    if (resolved.enum) return resolved.enum.includes(null);
    if (resolved.type !== undefined && ![resolved.type].flat().includes("null")) return false;
    const all = resolved.allOf ?? [];
    if (!all.every((part) => this.acceptsNull(part, depth + 1))) return false;
    const choices = resolved.anyOf ?? resolved.oneOf;
    return choices ? choices.some((choice) => this.acceptsNull(choice, depth + 1)) : true;
  }
}

/** The keys that a reference names one after another; `undefined` for one that is not a place in the document. */
export function pointerKeys(reference: string): string[] | undefined {
  if (!reference.startsWith("#")) return undefined;
  const [first, ...steps] = percentDecoded(reference.slice(1)).split("/");
  return first === "" ? steps.map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~")) : undefined;
}

/** A stray percent sign is part of the key. */
function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
