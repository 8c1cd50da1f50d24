import { expectedType, unionText } from "./expected-type.ts";
import { evaluateArray } from "./array-keywords.ts";
import { canonicalJson } from "../canonical-json.ts";
import type { CompiledSchema } from "./compile-schema.ts";
import { EvaluatedParts } from "./evaluated-parts.ts";
import { Findings } from "./findings.ts";
import type { JsonSchema, JsonSchemaObject } from "../json-schema.ts";
import { evaluateObject } from "./object-keywords.ts";
import type { Place } from "./place.ts";
import { evaluateScalar } from "./scalar-keywords.ts";
import { shownSchema } from "./shown-value.ts";

/** How many characters of canonical JSON count as one step. */
const charactersPerStep = 100;

/** Thrown when a value takes more work than it is worth. */
export class TooMuchWork extends Error {}

/**
 * Holds one value against a schema: one walk that both decides and explains.
 *
 * It goes where the value goes, and of a union that nothing fits into the one branch that was meant, told by a
 * constant property or by the type. Own code, because schemas and values come from strangers: each step is counted.
 */
export class Evaluation {
  readonly schema: CompiledSchema;
  #steps: number;
  readonly #verdicts = new Map<JsonSchemaObject, Map<unknown, boolean>>();
  /** Canonical JSON of those parts of the value whose text is long. */
  readonly #texts = new Map<unknown, string>();

  /** @param steps - The work that may be done, about one step for a schema that is held against a value. */
  constructor(schema: CompiledSchema, steps: number) {
    this.schema = schema;
    this.#steps = steps;
  }

  /** @throws TooMuchWork when the steps are used up. */
  spend(steps: number): void {
    this.#steps -= steps;
    if (this.#steps < 0) throw new TooMuchWork();
  }

  /**
   * Canonical JSON of a part of the value, made once.
   *
   * It counts as work: the texts of all levels together are as long as the value is deep times as long as it is.
   */
  canonical(value: unknown): string {
    const isShort = typeof value === "string" ? value.length < charactersPerStep : typeof value !== "object";
    if (isShort || value === null) return canonicalJson(value);
    const known = this.#texts.get(value);
    if (known !== undefined) return known;
    const text = canonicalJson(value);
    this.spend(Math.ceil(text.length / charactersPerStep));
    this.#texts.set(value, text);
    return text;
  }

  /** Holds a value against a schema; what is wrong goes to `findings`, what was looked at to `evaluated`. */
  visit(
    schema: JsonSchema,
    value: unknown,
    place: Place | undefined,
    findings: Findings,
    evaluated: EvaluatedParts = new EvaluatedParts(),
  ): void {
    this.spend(1);
    if (schema === true || findings.isFull) return;
    if (schema === false) return findings.add(place, () => "nothing here", value);
    const types = schema.type === undefined ? undefined : [schema.type].flat();
    if (types && !types.some((type) => isOfType(type, value))) {
      return findings.add(place, () => expectedType(schema), value);
    }
    const constants = this.schema.constants(schema);
    if (constants && !constants.has(this.canonical(value))) {
      return findings.add(place, () => constantText(schema), value);
    }
    this.#combinators(schema, value, place, findings, evaluated);
    if (Array.isArray(value)) evaluateArray(this, schema, value, place, findings, evaluated);
    else if (typeof value === "object" && value !== null) {
      evaluateObject(this, schema, value as Record<string, unknown>, place, findings, evaluated);
    } else evaluateScalar(this, schema, value, place, findings);
  }

  /** Tells whether a value fits, without words. */
  fits(schema: JsonSchema, value: unknown, evaluated?: EvaluatedParts): boolean {
    const mayRemember = typeof schema === "object" && typeof value === "object" && !this.schema.hasUnevaluated;
    const known = mayRemember ? this.#verdicts.get(schema)?.get(value) : undefined;
    if (known !== undefined) return known;
    const findings = new Findings(1, false);
    const seen = new EvaluatedParts();
    this.visit(schema, value, undefined, findings, seen);
    if (!findings.any) evaluated?.addAll(seen);
    if (mayRemember) {
      const verdicts = this.#verdicts.get(schema) ?? new Map<unknown, boolean>();
      this.#verdicts.set(schema, verdicts.set(value, !findings.any));
    }
    return !findings.any;
  }

  #combinators(
    schema: JsonSchemaObject,
    value: unknown,
    place: Place | undefined,
    findings: Findings,
    evaluated: EvaluatedParts,
  ): void {
    if (schema.$ref !== undefined) this.#part(this.schema.target(schema), value, place, findings, evaluated);
    for (const part of schema.allOf ?? []) this.#part(part, value, place, findings, evaluated);
    if (schema.anyOf) this.#anyOf(schema.anyOf, value, place, findings, evaluated);
    if (schema.oneOf) this.#oneOf(schema.oneOf, value, place, findings, evaluated);
    const { not } = schema;
    if (not !== undefined && this.fits(not, value)) {
      findings.add(place, () => `a value that does not fit ${shownSchema(not)}`, value);
    }
    if (schema.if === undefined) return;
    const branch = this.fits(schema.if, value, evaluated) ? schema.then : schema.else;
    if (branch !== undefined) this.#part(branch, value, place, findings, evaluated);
  }

  /** A part of a schema sees what it looked at itself, not what its neighbours did; the whole sees all of it. */
  #part(
    part: JsonSchema,
    value: unknown,
    place: Place | undefined,
    findings: Findings,
    evaluated: EvaluatedParts,
  ): void {
    const own = this.schema.hasUnevaluated ? new EvaluatedParts() : evaluated;
    this.visit(part, value, place, findings, own);
    if (own !== evaluated) evaluated.addAll(own);
  }

  #anyOf(
    branches: readonly JsonSchema[],
    value: unknown,
    place: Place | undefined,
    findings: Findings,
    evaluated: EvaluatedParts,
  ): void {
    let anyFits = false;
    for (const branch of branches) {
      anyFits = this.fits(branch, value, evaluated) || anyFits;
      // What other branches look at matters to the unevaluated keywords only.
      if (anyFits && !this.schema.hasUnevaluated) return;
    }
    if (!anyFits) this.#explainUnion(branches, value, place, findings);
  }

  #oneOf(
    branches: readonly JsonSchema[],
    value: unknown,
    place: Place | undefined,
    findings: Findings,
    evaluated: EvaluatedParts,
  ): void {
    const fitting = branches.filter((branch) => this.fits(branch, value, evaluated)).length;
    if (fitting === 0) this.#explainUnion(branches, value, place, findings);
    if (fitting < 2) return;
    const text = () =>
      `a value that fits only one of (${unionText(branches.map((branch) => this.#dereference(branch)))}), not ${fitting} of them`;
    findings.add(place, text, value);
  }

  #explainUnion(branches: readonly JsonSchema[], value: unknown, place: Place | undefined, findings: Findings): void {
    const meant = branches.filter((branch) => this.#mayBeMeant(branch, value));
    const [only] = meant;
    if (meant.length === 1 && only !== undefined) this.visit(only, value, place, findings);
    else findings.add(place, () => unionText(branches.map((branch) => this.#dereference(branch))), value);
  }

  /** A branch is meant when the value has its type, and its constant properties where it has any. */
  #mayBeMeant(branch: JsonSchema, value: unknown): boolean {
    const schema = this.#dereference(branch);
    if (typeof schema === "boolean") return schema;
    if (schema.type !== undefined && ![schema.type].flat().some((type) => isOfType(type, value))) return false;
    if (typeof value !== "object" || value === null || Array.isArray(value)) return true;
    for (const [key, property] of Object.entries(schema.properties ?? {})) {
      if (typeof property !== "object" || property.const === undefined) continue;
      const field: unknown = Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : null;
      if (canonicalJson(property.const) !== this.canonical(field)) return false;
    }
    return true;
  }

  #dereference(schema: JsonSchema): JsonSchema {
    let here = schema;
    while (typeof here === "object" && here.$ref !== undefined) here = this.schema.target(here);
    return here;
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

function constantText({ const: constant, enum: options }: JsonSchemaObject): string {
  if (constant !== undefined) return JSON.stringify(constant);
  return `one of ${(options ?? []).map((option) => JSON.stringify(option)).join(", ")}`.slice(0, 500);
}
