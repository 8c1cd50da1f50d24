import type { Evaluation } from "./evaluation.ts";
import type { EvaluatedParts } from "./evaluated-parts.ts";
import type { Findings } from "./findings.ts";
import { itemSchemas } from "../item-schemas.ts";
import type { JsonSchema, JsonSchemaObject } from "../json-schema.ts";
import type { Place } from "./place.ts";
import { shownSchema } from "./shown-value.ts";

/** The keywords that are about arrays. */
export function evaluateArray(
  evaluation: Evaluation,
  schema: JsonSchemaObject,
  value: unknown[],
  place: Place | undefined,
  findings: Findings,
  evaluated: EvaluatedParts,
): void {
  evaluation.spend(value.length);
  const { minItems = 0, maxItems = Infinity, contains } = schema;
  if (value.length < minItems) findings.add(place, () => `at least ${minItems} items`, value);
  if (value.length > maxItems) findings.add(place, () => `at most ${maxItems} items`, value);
  const { prefix, rest } = itemSchemas(schema);
  for (const [index, item] of value.entries()) {
    if (findings.isFull) return;
    const itemSchema = index < prefix.length ? prefix[index] : rest;
    if (itemSchema === undefined) break;
    evaluation.visit(itemSchema, item, { around: place, key: index }, findings);
    evaluated.add(index);
  }
  if (contains !== undefined) evaluateContains(evaluation, schema, contains, value, place, findings, evaluated);
  if (schema.uniqueItems && new Set(value.map((item) => evaluation.canonical(item))).size < value.length) {
    findings.add(place, () => "items that differ", value);
  }
  if (schema.unevaluatedItems === undefined) return;
  for (const [index, item] of value.entries()) {
    if (evaluated.has(index)) continue;
    evaluation.visit(schema.unevaluatedItems, item, { around: place, key: index }, findings);
    evaluated.add(index);
  }
}

function evaluateContains(
  evaluation: Evaluation,
  { minContains = 1, maxContains = Infinity }: JsonSchemaObject,
  contains: JsonSchema,
  value: unknown[],
  place: Place | undefined,
  findings: Findings,
  evaluated: EvaluatedParts,
): void {
  let count = 0;
  for (const [index, item] of value.entries()) {
    if (!evaluation.fits(contains, item)) continue;
    count++;
    evaluated.add(index);
  }
  if (count < minContains)
    findings.add(place, () => `at least ${minContains} items that fit ${shownSchema(contains)}`, value);
  if (count > maxContains)
    findings.add(place, () => `at most ${maxContains} items that fit ${shownSchema(contains)}`, value);
}
