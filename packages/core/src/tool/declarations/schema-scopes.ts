import { canonicalJson } from "../../schema/canonical-json.ts";
import type { JsonSchema } from "../../schema/json-schema.ts";

/** Numbers that tell what a name in a schema means apart from the same name in another schema. */
export interface SchemaScope {
  /** Of the definitions; shared by schemas whose definitions are the same, where these refer to nothing else. */
  readonly definitions: number;
  /** Of the schema as a whole. */
  readonly root: number;
}

/** Numbers the schemas of one prompt: in it the names of types are global. */
export class SchemaScopes {
  readonly #numbers = new Map<string, number>();

  /** A definition is the same in two schemas only if everything that it may refer to is the same as well. */
  of(root: JsonSchema): SchemaScope {
    const { $defs, definitions } = typeof root === "object" ? root : {};
    const shared = canonicalJson([$defs, definitions]);
    const whole = this.numberOf(canonicalJson(root));
    const isClosed = !/"\$ref":"(?!#\/(?:\$defs|definitions)\/)/.test(shared);
    return { definitions: isClosed ? this.numberOf(shared) : whole, root: whole };
  }

  /** A number for a text that may be long, the same one for the same text. */
  numberOf(text: string): number {
    const number = this.#numbers.get(text) ?? this.#numbers.size;
    this.#numbers.set(text, number);
    return number;
  }
}
