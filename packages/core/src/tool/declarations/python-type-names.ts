import { pointerStep } from "../../schema/json-pointer.ts";
import type { JsonSchema } from "../../schema/json-schema.ts";
import { pythonBuiltins, pythonKeywords, typingNames } from "../../schema/python/python-words.ts";
import { type SchemaScope, SchemaScopes } from "./schema-scopes.ts";

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
  readonly #scopes = new SchemaScopes();

  /** @param functions - Names that types cannot have. */
  constructor(functions: readonly string[]) {
    for (const name of [...functions, "final_answer"]) this.#taken.set(name, 2);
  }

  of(root: JsonSchema): NamesOfSchema {
    let known: SchemaScope | undefined;
    const scope = () => (known ??= this.#scopes.of(root));
    return {
      ofTarget: (keys, wished) => {
        const number = isDefinition(keys) ? scope().definitions : scope().root;
        return this.#claim(wished, `${number}#${keys.map(pointerStep).join("")}`);
      },
      ofClass: (text, wished) => {
        // What a reference in it means depends on the schema around it.
        const number = text.includes('"$ref":') ? scope().root : "";
        return this.#claim(wished, `class ${number}#${this.#scopes.numberOf(text)}`);
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
}

/** Whether the keys of a reference lead to where schemas keep their definitions. */
export function isDefinition(keys: readonly string[]): boolean {
  return keys.length === 2 && (keys[0] === "$defs" || keys[0] === "definitions");
}
