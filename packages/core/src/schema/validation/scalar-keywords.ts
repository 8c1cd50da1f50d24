import { format as formats } from "@cfworker/json-schema";
import type { Evaluation } from "./evaluation.ts";
import type { Findings } from "./findings.ts";
import { tooLong } from "../patterns/pattern-matcher.ts";
import { isMultiple } from "./is-multiple.ts";
import type { JsonSchemaObject } from "../json-schema.ts";
import type { Place } from "./place.ts";

/** Formats whose check takes exponential time on some texts. No standard names them. */
const unsafeFormats: ReadonlySet<string> = new Set(["url"]);

/** The keywords that are about numbers and texts. */
export function evaluateScalar(
  evaluation: Evaluation,
  schema: JsonSchemaObject,
  value: unknown,
  place: Place | undefined,
  findings: Findings,
): void {
  if (typeof value === "number") {
    const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
    const rule = (limit: number | undefined, holds: (limit: number) => boolean, words: string) => {
      if (limit !== undefined && !holds(limit)) findings.add(place, () => `${words} ${limit}`, value);
    };
    rule(minimum, (limit) => value >= limit, "a number of at least");
    rule(maximum, (limit) => value <= limit, "a number of at most");
    rule(exclusiveMinimum, (limit) => value > limit, "a number over");
    rule(exclusiveMaximum, (limit) => value < limit, "a number under");
    rule(multipleOf, (limit) => isMultiple(value, limit), "a multiple of");
  } else if (typeof value === "string") {
    const { minLength = 0, maxLength = Infinity, pattern, format } = schema;
    const length = minLength > 0 || maxLength < Infinity ? codePoints(value) : 0;
    if (length < minLength) findings.add(place, () => `a text of at least ${minLength} characters`, value);
    if (length > maxLength) findings.add(place, () => `a text of at most ${maxLength} characters`, value);
    if (pattern !== undefined) {
      const matcher = evaluation.schema.pattern(pattern);
      const matches = matcher.matches(value, (steps) => evaluation.spend(steps));
      if (matches === undefined) findings.add(place, () => tooLong(matcher, pattern), value);
      else if (!matches) findings.add(place, () => `a text that matches ${pattern}`, value);
    }
    // A format that nobody knows says nothing.
    if (format === undefined || !Object.hasOwn(formats, format) || unsafeFormats.has(format)) return;
    if (!formats[format]?.(value)) findings.add(place, () => `a text in the format ${format}`, value);
  }
}

function codePoints(text: string): number {
  let count = 0;
  for (const _char of text) count++;
  return count;
}
