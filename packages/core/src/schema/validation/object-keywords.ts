import { isList } from "../is-list.ts";
import type { Evaluation } from "./evaluation.ts";
import { expectedType } from "./expected-type.ts";
import type { EvaluatedParts } from "./evaluated-parts.ts";
import type { Findings } from "./findings.ts";
import type { JsonSchema, JsonSchemaObject } from "../json-schema.ts";
import { tooLong } from "../patterns/pattern-matcher.ts";
import type { Place } from "./place.ts";
import { shownSchema } from "./shown-value.ts";

/** The keywords that are about objects. */
export function evaluateObject(
  evaluation: Evaluation,
  schema: JsonSchemaObject,
  value: Record<string, unknown>,
  place: Place | undefined,
  findings: Findings,
  evaluated: EvaluatedParts,
): void {
  const keys = Object.keys(value);
  evaluation.spend(keys.length + (schema.required?.length ?? 0));
  for (const key of schema.required ?? []) {
    if (!Object.hasOwn(value, key)) missing(schema, key, place, findings);
  }
  const { minProperties = 0, maxProperties = Infinity, propertyNames } = schema;
  if (keys.length < minProperties) findings.add(place, () => `at least ${minProperties} keys`, value);
  if (keys.length > maxProperties) findings.add(place, () => `at most ${maxProperties} keys`, value);
  dependencies(evaluation, schema, value, place, findings, evaluated);
  const patterns = Object.entries(schema.patternProperties ?? {});
  for (const key of keys) {
    if (findings.isFull) return;
    const at: Place = { around: place, key };
    if (propertyNames !== undefined && !evaluation.fits(propertyNames, key)) {
      findings.add(at, () => `a key that fits ${shownSchema(propertyNames)}`, key);
    }
    const meant: JsonSchema[] = [];
    const property = own(schema.properties, key);
    if (property !== undefined) meant.push(property);
    evaluation.spend(patterns.length);
    for (const [pattern, patternSchema] of patterns) {
      const matcher = evaluation.schema.pattern(pattern);
      const matches = matcher.matches(key, (steps) => evaluation.spend(steps));
      if (matches === undefined) findings.add(at, () => tooLong(matcher, pattern), key);
      else if (matches) meant.push(patternSchema);
    }
    if (meant.length > 0) for (const part of meant) evaluation.visit(part, value[key], at, findings);
    else if (schema.additionalProperties === undefined) continue;
    else rest(evaluation, schema, schema.additionalProperties, value[key], at, findings);
    evaluated.add(key);
  }
  if (schema.unevaluatedProperties === undefined) return;
  for (const key of keys) {
    if (evaluated.has(key)) continue;
    rest(evaluation, schema, schema.unevaluatedProperties, value[key], { around: place, key }, findings);
    evaluated.add(key);
  }
}

function dependencies(
  evaluation: Evaluation,
  schema: JsonSchemaObject,
  value: Record<string, unknown>,
  place: Place | undefined,
  findings: Findings,
  evaluated: EvaluatedParts,
): void {
  // The older keyword holds both kinds.
  const { dependencies: older } = schema as { dependencies?: Record<string, JsonSchema | readonly string[]> };
  for (const source of [schema.dependentRequired, schema.dependentSchemas, older]) {
    for (const [key, needed] of Object.entries<JsonSchema | readonly string[]>(source ?? {})) {
      evaluation.spend(1);
      if (!Object.hasOwn(value, key)) continue;
      if (!isList(needed)) evaluation.visit(needed, value, place, findings, evaluated);
      else {
        evaluation.spend(needed.length);
        for (const other of needed) if (!Object.hasOwn(value, other)) missing(schema, other, place, findings);
      }
    }
  }
}

function missing(schema: JsonSchemaObject, key: string, place: Place | undefined, findings: Findings): void {
  const property = own(schema.properties, key);
  const type = () => `${property === undefined ? "a value" : expectedType(property)} (required)`;
  findings.add({ around: place, key }, type, undefined);
}

/** A key that no other keyword is about. */
function rest(
  evaluation: Evaluation,
  { properties = {} }: JsonSchemaObject,
  schema: JsonSchema,
  value: unknown,
  place: Place,
  findings: Findings,
): void {
  if (schema !== false) return evaluation.visit(schema, value, place, findings);
  const known = Object.keys(properties);
  const keys = known.length === 0 ? "there are no keys" : `the keys are ${known.join(", ")}`.slice(0, 500);
  findings.add(place, () => `no such key (${keys})`, value);
}

function own<T>(record: Record<string, T> | undefined, key: string): T | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined;
}
