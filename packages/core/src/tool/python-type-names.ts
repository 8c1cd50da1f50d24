import { canonicalJson } from "../schema/canonical-json.ts";
import { pointerStep } from "../schema/json-pointer.ts";
import type { JsonSchema } from "../schema/json-schema.ts";
import { pythonBuiltins, pythonKeywords, typingNames } from "../schema/python-words.ts";

/** A name, and whether it stands for something that was not declared yet. */
interface ClaimedName {
  readonly name: string;
  readonly isNew: boolean;
}

/** The names of the types in one schema. */
export interface NamesOfSchema {
  /** For what stands at the keys of a reference. */
  ofTarget(keys: readonly string[], wished: string): ClaimedName;
  /**
   * For a class that no reference leads to. Classes that are the same have the same name, wherever they stand.
   *
   * @param text - All that the class says.
   */
  ofClass(text: string, wished: string): ClaimedName;
}

/**
 * The names of the types that one prompt declares: they are global there, and two tools may use one name for two
 * types.
 */
export class PythonTypeNames {
  /** The name of each meaning that has one. */
  readonly #named = new Map<string, string>();
  /** The names that are taken, each with the number to try next behind it. */
  readonly #taken = new Map<string, number>();
  /** Numbers for texts that may be long. */
  readonly #numbers = new Map<string, number>();

  /** @param functions - Names that types cannot have. */
  constructor(functions: readonly string[]) {
    for (const name of [...functions, "final_answer"]) this.#taken.set(name, 2);
  }

  of(root: JsonSchema): NamesOfSchema {
    let known: { definitions: number; root: number } | undefined;
    const scopes = () => (known ??= this.#scopes(root));
    return {
      ofTarget: (keys, wished) => {
        const scope = isDefinition(keys) ? scopes().definitions : scopes().root;
        return this.#claim(wished, `${scope}#${keys.map(pointerStep).join("")}`);
      },
      ofClass: (text, wished) => {
        // What a reference in it means depends on the schema around it.
        const scope = text.includes('"$ref":') ? scopes().root : "";
        return this.#claim(wished, `class ${scope}#${this.#number(text)}`);
      },
    };
  }

  #claim(wished: string, meaning: string): ClaimedName {
    const known = this.#named.get(meaning);
    if (known !== undefined) return { name: known, isNew: false };
    const word = wished.replace(/[^A-Za-z0-9_]/g, "_");
    const identifier = /^[A-Za-z_]/.test(word) ? word : `_${word}`;
    const isReserved = [pythonKeywords, pythonBuiltins, typingNames].some((names) => names.has(identifier));
    const base = isReserved ? `${identifier}_` : identifier;
    const name = this.#free(base);
    this.#named.set(meaning, name);
    return { name, isNew: true };
  }

  #free(base: string): string {
    let name = base;
    let number = this.#taken.get(base) ?? 2;
    while (this.#taken.has(name)) name = `${base}${number++}`;
    this.#taken.set(base, number).set(name, this.#taken.get(name) ?? 2);
    return name;
  }

  /** A definition is the same in two schemas only if everything that it may refer to is the same as well. */
  #scopes(root: JsonSchema): { definitions: number; root: number } {
    const { $defs, definitions } = typeof root === "object" ? root : {};
    const shared = canonicalJson([$defs, definitions]);
    const whole = this.#number(canonicalJson(root));
    const isClosed = !/"\$ref":"(?!#\/(?:\$defs|definitions)\/)/.test(shared);
    return { definitions: isClosed ? this.#number(shared) : whole, root: whole };
  }

  #number(text: string): number {
    const number = this.#numbers.get(text) ?? this.#numbers.size;
    this.#numbers.set(text, number);
    return number;
  }
}

/** Whether the keys of a reference lead to where schemas keep their definitions. */
export function isDefinition(keys: readonly string[]): boolean {
  return keys.length === 2 && (keys[0] === "$defs" || keys[0] === "definitions");
}
