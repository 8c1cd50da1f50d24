import { canonicalJson } from "../schema/canonical-json.ts";
import { followKeys, pointerKeys, pointerStep } from "../schema/json-pointer.ts";
import type { JsonSchema } from "../schema/json-schema.ts";
import { isSchema } from "../schema/subschemas.ts";
import { typeName, typeText } from "../schema/type-text.ts";

/** The name of the type that a `$ref` leads to; `undefined` when it leads out of the schema. */
export type RefName = (ref: string) => string | undefined;

/**
 * The names of what is referred to in one prompt: they are global there, and two tools may use one name for two
 * types.
 */
export class TypeNames {
  /** What each name that is taken means. */
  readonly #taken = new Map<string, string>();
  readonly #prefix: string;

  /** @param prefix - Stands before every name but that of the root. */
  constructor(prefix = "") {
    this.#prefix = prefix;
  }

  /** Numbers for texts that may be long. */
  readonly #numbers = new Map<string, number>();

  /**
   * The names of the types in one schema. Each is printed to `lines` when it is asked for first.
   *
   * @param rootName - For references to the schema as a whole.
   */
  of(root: JsonSchema, rootName: string, lines: string[]): RefName {
    const names = new Map<string, string>();
    const waiting: (() => void)[] = [];
    let isPrinting = false;
    let scope: ((keys: readonly string[]) => string) | undefined;
    const refName: RefName = (ref) => {
      if (ref !== "#" && !ref.startsWith("#/")) return undefined;
      const keys = pointerKeys(ref.slice(1));
      const target = followKeys(root, keys);
      if (!isSchema(target)) return undefined;
      const pointer = keys.map(pointerStep).join("");
      const known = names.get(pointer);
      if (known !== undefined) return known;
      scope ??= this.#scope(root);
      const meaning = `${scope(keys)}${pointer}`;
      const name = this.#free(keys.length === 0 ? capitalised(rootName) : this.#prefix + baseName(keys), meaning);
      names.set(pointer, name);
      if (this.#taken.get(name) === meaning) return name;
      this.#taken.set(name, meaning);
      const at = lines.push("") - 1;
      waiting.push(() => (lines[at] = `type ${name} = ${typeText(target, { refName })};`));
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

  /** A type is the same in two schemas only if everything that it may refer to is the same as well. */
  #scope(root: JsonSchema): (keys: readonly string[]) => string {
    const { $defs, definitions } = typeof root === "object" ? root : {};
    const shared = canonicalJson([$defs, definitions]);
    const isClosed = !/"\$ref":"(?!#\/(?:\$defs|definitions)\/)/.test(shared);
    const definitionScope = this.#number(isClosed ? shared : canonicalJson(root));
    const rootScope = isClosed ? this.#number(canonicalJson(root)) : definitionScope;
    return (keys) => `${isDefinition(keys) ? definitionScope : rootScope}#`;
  }

  #number(text: string): number {
    const number = this.#numbers.get(text) ?? this.#numbers.size;
    this.#numbers.set(text, number);
    return number;
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
