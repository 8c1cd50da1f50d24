import { Validator } from "@cfworker/json-schema";
import { jsonEqual } from "./canonical-json.ts";
import type { JsonSchema, JsonSchemaObject, JsonValue } from "./json-schema.ts";
import { resolveLocalRef } from "./local-ref.ts";
import { typeText } from "./type-text.ts";
import type { SchemaFinding } from "./schema-finding.ts";

/** Most findings that are gathered for one value. */
const maxFindings = 50;

/**
 * Finds the innermost places where a value breaks a schema, in words.
 *
 * The validator says *whether* a value fits; its own report names every enclosing keyword and every branch of a
 * union. This walk goes where the value goes, and of a union into the one branch that was meant, told by a constant
 * property or by the type.
 *
 * @returns An empty list when the walk cannot tell: the caller then has the validator's own words.
 */
export function explainMismatch(schema: JsonSchema, value: unknown): SchemaFinding[] {
  const findings: SchemaFinding[] = [];
  new Walk(schema, findings).visit(schema, value, "");
  return findings.slice(0, maxFindings);
}

class Walk {
  readonly #root: JsonSchema;
  readonly #findings: SchemaFinding[];

  constructor(root: JsonSchema, findings: SchemaFinding[]) {
    this.#root = root;
    this.#findings = findings;
  }

  visit(schema: JsonSchema, value: unknown, path: string): void {
    if (schema === true || this.#findings.length >= maxFindings) return;
    if (schema === false) return this.#report(path, "nothing here", value);
    if (schema.$ref !== undefined) {
      const target = this.#resolve(schema.$ref);
      if (target !== undefined) this.visit(target, value, path);
    }
    for (const part of schema.allOf ?? []) this.visit(part, value, path);
    const branches = schema.anyOf ?? schema.oneOf;
    if (branches) this.#union(branches, value, path);
    if (schema.type !== undefined && ![schema.type].flat().some((type) => isOfType(type, value))) {
      return this.#report(path, typeText(schema, { bare: true }).slice(0, 200), value, schema);
    }
    if (schema.const !== undefined && !same(schema.const, value)) {
      return this.#report(path, JSON.stringify(schema.const), value);
    }
    if (schema.enum && !schema.enum.some((option) => same(option, value))) {
      return this.#report(path, `one of ${schema.enum.map((option) => JSON.stringify(option)).join(", ")}`, value);
    }
    if (Array.isArray(value)) this.#array(schema, value, path);
    else if (typeof value === "object" && value !== null) this.#object(schema, value, path);
    else this.#scalar(schema, value, path);
  }

  #union(branches: JsonSchema[], value: unknown, path: string): void {
    if (branches.some((branch) => this.#fits(branch, value))) return;
    const meant = branches.filter((branch) => this.#mayBeMeant(branch, value));
    if (meant.length === 1 && meant[0] !== undefined) return this.visit(meant[0], value, path);
    this.#report(path, typeText({ anyOf: branches }, { bare: true }).slice(0, 200), value);
  }

  /** A branch is meant when the value has its type, and its constant properties where it has any. */
  #mayBeMeant(branch: JsonSchema, value: unknown): boolean {
    const schema = this.#dereference(branch);
    if (typeof schema === "boolean") return schema;
    if (schema.type !== undefined && ![schema.type].flat().some((type) => isOfType(type, value))) return false;
    if (typeof value !== "object" || value === null || Array.isArray(value)) return true;
    for (const [key, property] of Object.entries(schema.properties ?? {})) {
      const tag = typeof property === "object" ? property.const : undefined;
      if (tag !== undefined && !same(tag, (value as Record<string, unknown>)[key])) return false;
    }
    return true;
  }

  #object(schema: JsonSchemaObject, value: object, path: string): void {
    const fields = value as Record<string, unknown>;
    const properties = schema.properties ?? {};
    for (const key of schema.required ?? []) {
      if (Object.hasOwn(fields, key)) continue;
      const property = Object.hasOwn(properties, key) ? properties[key] : undefined;
      const type = property === undefined ? "a value" : typeText(property, { bare: true });
      this.#findings.push({ path: member(path, key), expected: `${type} (required)`, received: "nothing" });
    }
    for (const [key, field] of Object.entries(fields)) {
      const at = member(path, key);
      const property = Object.hasOwn(properties, key) ? properties[key] : undefined;
      if (property !== undefined) this.visit(property, field, at);
      const patterns = Object.entries(schema.patternProperties ?? {}).filter(([pattern]) => matches(pattern, key));
      for (const [, patternSchema] of patterns) this.visit(patternSchema, field, at);
      if (property !== undefined || patterns.length > 0) continue;
      if (schema.additionalProperties === false) this.#unknownKey(at, Object.keys(properties), field);
      else if (schema.additionalProperties !== undefined) this.visit(schema.additionalProperties, field, at);
    }
    const size = Object.keys(fields).length;
    if (size < (schema.minProperties ?? 0)) this.#report(path, `at least ${schema.minProperties} keys`, value);
    if (size > (schema.maxProperties ?? size)) this.#report(path, `at most ${schema.maxProperties} keys`, value);
  }

  #unknownKey(path: string, known: string[], value: unknown): void {
    const keys = known.length === 0 ? "there are no keys" : `the keys are ${known.join(", ")}`;
    this.#findings.push({ path, expected: `no such key (${keys})`, received: shorten(value) });
  }

  #array(schema: JsonSchemaObject, value: unknown[], path: string): void {
    const prefix = schema.prefixItems ?? [];
    for (const [index, item] of value.entries()) {
      this.visit(prefix[index] ?? schema.items ?? true, item, `${path}[${index}]`);
    }
    if (value.length < (schema.minItems ?? 0)) this.#report(path, `at least ${schema.minItems} items`, value);
    if (value.length > (schema.maxItems ?? value.length)) this.#report(path, `at most ${schema.maxItems} items`, value);
    if (schema.uniqueItems && !this.#fits({ uniqueItems: true }, value)) this.#report(path, "items that differ", value);
  }

  #scalar(schema: JsonSchemaObject, value: unknown, path: string): void {
    const rules: [keyof JsonSchemaObject, (limit: never) => string][] = [
      ["minimum", (limit: number) => `a number of at least ${limit}`],
      ["maximum", (limit: number) => `a number of at most ${limit}`],
      ["exclusiveMinimum", (limit: number) => `a number over ${limit}`],
      ["exclusiveMaximum", (limit: number) => `a number under ${limit}`],
      ["multipleOf", (limit: number) => `a multiple of ${limit}`],
      ["minLength", (limit: number) => `a text of at least ${limit} characters`],
      ["maxLength", (limit: number) => `a text of at most ${limit} characters`],
      ["pattern", (pattern: string) => `a text that matches ${pattern}`],
      ["format", (format: string) => `a text in the format ${format}`],
    ];
    for (const [keyword, words] of rules) {
      const limit = schema[keyword];
      if (limit !== undefined && !this.#fits({ [keyword]: limit }, value)) {
        this.#report(path, words(limit as never), value);
      }
    }
  }

  #fits(schema: JsonSchema, value: unknown): boolean {
    // Branches refer to the root's definitions.
    const definitions = typeof this.#root === "object" ? { $defs: this.#root.$defs } : {};
    const whole = typeof schema === "boolean" ? schema : { ...definitions, ...schema };
    return new Validator(whole as ConstructorParameters<typeof Validator>[0], "2020-12", true).validate(value).valid;
  }

  #dereference(schema: JsonSchema): JsonSchema {
    if (typeof schema !== "object" || schema.$ref === undefined) return schema;
    return this.#resolve(schema.$ref) ?? true;
  }

  #resolve(ref: string): JsonSchema | undefined {
    if (ref === "#") return this.#root;
    const key = resolveLocalRef(ref);
    const defs = typeof this.#root === "object" ? (this.#root.$defs ?? {}) : {};
    return key !== undefined && Object.hasOwn(defs, key) ? defs[key] : undefined;
  }

  #report(path: string, expected: string, value: unknown, schema?: JsonSchemaObject): void {
    // TypeScript's `number` would make a message such as "expected number, got 1.5".
    const type = schema?.type === "integer" ? "a whole number" : expected;
    this.#findings.push({ path, expected: type, received: shorten(value) });
  }
}

function isOfType(type: string, value: unknown): boolean {
  switch (type) {
    case "null":
      return value === null;
    case "array":
      return Array.isArray(value);
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    case "integer":
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

function same(expected: JsonValue, value: unknown): boolean {
  try {
    return jsonEqual(expected, value as JsonValue);
  } catch {
    return false;
  }
}

function matches(pattern: string, key: string): boolean {
  return new RegExp(pattern, "u").test(key);
}

function member(path: string, key: string): string {
  if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}

/** A value as a message shows it: its kind where it is long. */
function shorten(value: unknown): string {
  if (value === undefined) return "nothing";
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch {
    // Cyclic, or a bigint.
  }
  text ??= Object.prototype.toString.call(value);
  return text.length <= 80 ? text : `${text.slice(0, 60)}… (${text.length} characters)`;
}
