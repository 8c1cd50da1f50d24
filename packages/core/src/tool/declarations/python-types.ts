import type { JsonSchema, JsonSchemaObject } from "../../schema/json-schema.ts";
import { pythonClassText } from "../../schema/python/python-class-text.ts";
import { pythonLine } from "../../schema/python/python-doc-text.ts";
import { type ObjectShape, objectShapes } from "../../schema/python/python-object-shape.ts";
import {
  innerName,
  type PythonPlace,
  PythonTypeText,
  type TypeDeclarations,
} from "../../schema/python/python-type-text.ts";
import { refTarget } from "../../schema/ref-target.ts";
import { isDefinition, type NamesOfSchema, type PythonTypeNames } from "./python-type-names.ts";

/** What the types of a schema are called. */
interface PythonTypesOptions {
  names: PythonTypeNames;
  /** Name of the schema as a whole, for references to it. */
  rootName: string;
  /** Stands in front of the names of definitions. */
  prefix?: string;
}

/** The types in one schema. What has to be declared by itself is printed when it is asked for first. */
export class PythonTypes implements TypeDeclarations {
  /** The declarations, in the order in which they were asked for. */
  readonly lines: string[] = [];
  readonly #root: JsonSchema;
  readonly #rootName: string;
  readonly #prefix: string;
  readonly #names: NamesOfSchema;
  readonly #types: PythonTypeText = new PythonTypeText(this);
  readonly #known = new Map<string, string>();
  readonly #waiting: (() => void)[] = [];
  #isPrinting = false;

  constructor(root: JsonSchema, { names, rootName, prefix = "" }: PythonTypesOptions) {
    this.#root = root;
    this.#rootName = rootName;
    this.#prefix = prefix;
    this.#names = names.of(root);
  }

  /** @param name - A good name for the class that the type may need. Its description is printed elsewhere. */
  text(schema: JsonSchema, name: string): string {
    return this.#types.text(schema, { name, isDescribed: true });
  }

  target(ref: string): JsonSchema | undefined {
    return refTarget(this.#root, ref)?.schema;
  }

  ofRef(ref: string): string | undefined {
    const target = refTarget(this.#root, ref);
    if (!target) return undefined;
    const { keys, schema } = target;
    const wished = this.#wishedName(keys);
    // The class that is declared where the schema stands, if it stands in use.
    if (!isDefinition(keys) && this.#shape(schema))
      return this.#types.text(schema, { name: wished, isDescribed: false });
    const known = this.#known.get(ref);
    if (known !== undefined) return known;
    const { name, isNew } = this.#names.ofTarget(keys, wished);
    this.#known.set(ref, name);
    if (isNew) this.#declare(() => this.#definition(name, schema));
    return name;
  }

  ofShape(shape: ObjectShape, schema: JsonSchemaObject, { name: wished, isDescribed }: PythonPlace): string {
    const { bases, properties, required, others } = shape;
    const text = JSON.stringify([bases, [...properties], [...required], others]);
    const { name, isNew } = this.#names.ofClass(text, wished);
    if (isNew) this.#declare(() => this.#class(name, shape, isDescribed ? "" : (schema.description ?? "")));
    return name;
  }

  #wishedName(keys: readonly string[]): string {
    if (keys.length === 0) return this.#rootName;
    const last = keys.at(-1) ?? "";
    return `${this.#prefix}${isDefinition(keys) ? last : innerName("", /^\d*$/.test(last) ? "item" : last)}`;
  }

  /** The shape of what becomes one class. */
  #shape(schema: JsonSchema): ObjectShape | undefined {
    if (typeof schema === "boolean") return undefined;
    const shapes = objectShapes(schema, (ref) => this.target(ref));
    return shapes?.length === 1 ? shapes[0] : undefined;
  }

  #definition(name: string, schema: JsonSchema): string {
    const description = typeof schema === "object" ? (schema.description ?? "") : "";
    const shape = this.#shape(schema);
    if (shape) return this.#class(name, shape, description);
    const type = this.#types.definition(schema, { name, isDescribed: true });
    return `${description === "" ? "" : `# ${pythonLine(description)}\n`}${name} = ${type}`;
  }

  #class(name: string, shape: ObjectShape, description: string): string {
    return pythonClassText({
      name,
      shape,
      description,
      bases: shape.bases.flatMap((ref) => this.ofRef(ref) ?? []),
      typeOf: (property, key) => this.text(property, innerName(name, key)),
      others: shape.others.length === 0 ? undefined : this.#types.values(shape.others, { name, isDescribed: true }),
    });
  }

  /** One after another, not one inside another: a long chain of types would take a deep stack. */
  #declare(print: () => string): void {
    const at = this.lines.push("") - 1;
    this.#waiting.push(() => (this.lines[at] = print()));
    if (this.#isPrinting) return;
    this.#isPrinting = true;
    for (const next of this.#waiting) next();
    this.#waiting.length = 0;
    this.#isPrinting = false;
  }
}
