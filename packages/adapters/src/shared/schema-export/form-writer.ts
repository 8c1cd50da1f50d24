import { type JsonSchema, type JsonSchemaObject, SchemaValidator } from "@smoltools/core";
import type { Dialect } from "./dialect.ts";
import { arrayForm } from "./form/array-form.ts";
import { choiceForm } from "./form/choice-form.ts";
import { described } from "./form/description.ts";
import { type Form, type FormContext, neverForm, unchanged } from "./form/form.ts";
import { jsonTextForm } from "./form/json-text.ts";
import { objectForm } from "./form/object-form.ts";
import { scalarForm } from "./form/scalar-form.ts";
import { valueForm } from "./form/value-form.ts";
import { isLimit } from "./shape/keywords.ts";
import { type Normal, normalise } from "./shape/normalise.ts";
import { pointerKeys, SchemaDocument } from "./shape/schema-document.ts";

/** Address under which parts of a schema are checked apart from the whole. */
const originalAddress = "https://schema.invalid/original";

/** Most forms that are made for one input. References that are merged with what stands beside them can have no end. */
const maxForms = 5000;

/** Forms within forms: deeper ones would end on the stack. */
const maxDepth = 40;

/** A schema that references lead to. */
interface Definition {
  name: string;
  /** Absent while it is being made: a reference to it then closes a circle. */
  form?: Form;
  isReferenced: boolean;
}

/** Writes the schemas of one document in a provider's dialect. */
export class FormWriter implements FormContext {
  readonly dialect: Dialect;
  readonly #document: SchemaDocument;
  readonly #definitions = new Map<JsonSchemaObject, Definition>();
  #made = 0;
  #depth = 0;

  constructor(root: JsonSchemaObject, dialect: Dialect) {
    this.dialect = dialect;
    this.#document = new SchemaDocument(root);
  }

  /** The schemas that references in the forms lead to. */
  get definitions(): Record<string, JsonSchemaObject> {
    const referenced = [...this.#definitions.values()].filter(({ isReferenced }) => isReferenced);
    return Object.fromEntries(referenced.map(({ name, form }) => [name, form?.schema ?? {}]));
  }

  form(schema: JsonSchema): Form {
    if (schema === false) return neverForm;
    if (++this.#made > maxForms || this.#depth >= maxDepth) return this.#other(schema);
    this.#depth++;
    const normal = normalise(schema === true ? {} : schema, this.#document);
    const form = described(this.#shape(normal), normal, this.dialect.refSiblings);
    this.#depth--;
    return form;
  }

  acceptsNull(schema: JsonSchema): boolean {
    return this.#document.acceptsNull(schema);
  }

  originalFits(schema: JsonSchema): (value: unknown) => boolean {
    const { $schema: _, ...root } = this.#document.root;
    const original = { ...root, $id: originalAddress, $defs: { ...root.$defs, "checked apart": schema } };
    return fits({ $ref: `${originalAddress}#/$defs/checked%20apart`, $defs: { original } });
  }

  formFits(schema: JsonSchemaObject): (value: unknown) => boolean {
    return fits(() => ({ ...schema, $defs: this.definitions }));
  }

  kept(schema: JsonSchemaObject): JsonSchemaObject {
    const limits = Object.entries(schema).filter(
      ([keyword, value]) => isLimit(keyword) && this.dialect.keeps(keyword, value),
    );
    return Object.fromEntries(limits);
  }

  #shape(normal: Normal): Form {
    const { about } = normal;
    switch (normal.kind) {
      case "reference":
        return this.#reference(normal.reference);
      case "choice":
        return choiceForm(normal.branches, this);
      case "values":
        return valueForm(about, this);
      case "anything":
        return this.dialect.anything === "native" ? { schema: {}, decode: unchanged } : jsonTextForm(about);
      case "other":
        return this.#other(about);
      case "type":
        if (about.type === "object") return objectForm(about, this);
        return about.type === "array" ? arrayForm(about, this) : scalarForm(about, this);
    }
  }

  #other(schema: JsonSchema): Form {
    if (this.dialect.other === "text") return jsonTextForm(schema);
    return { schema: typeof schema === "object" ? schema : {}, decode: unchanged };
  }

  #reference(reference: string): Form {
    const target = this.#document.target(reference);
    if (target === undefined) return this.#other(true);
    if (typeof target === "boolean") return this.form(target);
    const known = this.#definitions.get(target);
    if (known && !known.form && this.dialect.recursion === "text") return jsonTextForm({ $ref: reference });
    const definition = known ?? this.#define(target, reference);
    if (definition.form?.kind !== undefined) return definition.form;
    definition.isReferenced = true;
    // A definition that is still being made is asked for its form when there are values to decode.
    const decode = (value: unknown): unknown => (definition.form ? definition.form.decode(value) : value);
    return { schema: { $ref: `#/$defs/${definition.name}` }, decode };
  }

  #define(target: JsonSchemaObject, reference: string): Definition {
    const base = (pointerKeys(reference) ?? []).filter((key) => key !== "$defs" && key !== "definitions").join("_");
    const safe = base.replace(/[^A-Za-z0-9_]/gu, "_") || "Input";
    const taken = new Set([...this.#definitions.values()].map(({ name }) => name));
    let name = safe;
    for (let count = 2; taken.has(name); count++) name = `${safe}_${count}`;
    const definition: Definition = { name, isReferenced: false };
    this.#definitions.set(target, definition);
    definition.form = this.form(target);
    return definition;
  }
}

/** Makes a check when it is first needed. A schema that cannot be checked alone says nothing against a value. */
function fits(schema: JsonSchema | (() => JsonSchema)): (value: unknown) => boolean {
  let validator: SchemaValidator | undefined;
  let isBroken = false;
  return (value) => {
    if (isBroken) return true;
    try {
      validator ??= new SchemaValidator(typeof schema === "function" ? schema() : schema);
    } catch {
      isBroken = true;
      return true;
    }
    return validator.findings(value).length === 0;
  };
}
