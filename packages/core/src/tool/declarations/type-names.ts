import { pointerStep } from "../../schema/json-pointer.ts";
import type { JsonSchema } from "../../schema/json-schema.ts";
import { refTarget } from "../../schema/ref-target.ts";
import { typeName, typeText } from "../../schema/typescript/type-text.ts";
import { type SchemaScope, SchemaScopes } from "./schema-scopes.ts";

/** The name of the type that a `$ref` leads to; `undefined` when it leads out of the schema. */
export type RefName = (ref: string) => string | undefined;

/**
 * The names of what is referred to in one prompt: they are global there, and two tools may use one name for two
 * types.
 */
export class TypeNames {
  /** What each name that is taken means. */
  readonly #taken = new Map<string, string>();
  readonly #scopes = new SchemaScopes();
  readonly #prefix: string;

  /** @param prefix - Stands before every name but that of the root. */
  constructor(prefix = "") {
    this.#prefix = prefix;
  }

  /**
   * The names of the types in one schema. Each is printed to `lines` when it is asked for first.
   *
   * @param rootName - For references to the schema as a whole.
   */
  of(root: JsonSchema, rootName: string, lines: string[]): RefName {
    const names = new Map<string, string>();
    const waiting: (() => void)[] = [];
    let isPrinting = false;
    let scope: SchemaScope | undefined;
    const refName: RefName = (ref) => {
      const target = refTarget(root, ref);
      if (!target) return undefined;
      const { keys, schema } = target;
      const pointer = keys.map(pointerStep).join("");
      const known = names.get(pointer);
      if (known !== undefined) return known;
      scope ??= this.#scopes.of(root);
      const meaning = `${isDefinition(keys) ? scope.definitions : scope.root}#${pointer}`;
      const name = this.#free(keys.length === 0 ? capitalised(rootName) : this.#prefix + baseName(keys), meaning);
      names.set(pointer, name);
      if (this.#taken.get(name) === meaning) return name;
      this.#taken.set(name, meaning);
      const at = lines.push("") - 1;
      waiting.push(() => (lines[at] = `type ${name} = ${typeText(schema, { refName })};`));
      // One after another, not one inside another: a long chain of types would take a deep stack.
      if (isPrinting) return name;
      isPrinting = true;
      for (let print = waiting.shift(); print; print = waiting.shift()) print();
      isPrinting = false;
      return name;
    };
    return refName;
  }

  #free(base: string, meaning: string): string {
    let name = base;
    for (let n = 2; (this.#taken.get(name) ?? meaning) !== meaning; n++) name = `${base}${n}`;
    return name;
  }
}

function isDefinition(keys: readonly string[]): boolean {
  return keys[0] === "$defs" || keys[0] === "definitions";
}

function baseName(keys: readonly string[]): string {
  const last = keys.findLast((key) => !/^\d+$/.test(key)) ?? "";
  return isDefinition(keys) && keys.length === 2 ? typeName(keys[1] ?? "") : typeName(capitalised(last));
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
