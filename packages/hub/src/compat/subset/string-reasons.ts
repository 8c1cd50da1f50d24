import type { JsonSchemaObject } from "@smoltools/core";
import { type Place, type Reason, reason } from "./reason.ts";

/** Why texts of the inner schema do not fit the lengths and forms of the outer one. */
export function stringReasons(inner: JsonSchemaObject, outer: JsonSchemaObject, place: Place): Reason[] {
  const reasons: Reason[] = [];
  const add = (kind: Reason["kind"], why: string) => reasons.push(reason(kind, why, place, inner, outer));
  const { minLength = 0, maxLength = Infinity, pattern, format, contentEncoding } = outer;
  if ((inner.minLength ?? 0) < minLength) add("length", `must have at least ${minLength} characters`);
  if ((inner.maxLength ?? Infinity) > maxLength) add("length", `must have at most ${maxLength} characters`);
  if (pattern !== undefined && pattern !== inner.pattern) {
    if (inner.pattern === undefined) add("pattern", `must match ${pattern}`);
    else add("unproved", `must match ${pattern} instead of ${inner.pattern}`);
  }
  if (format !== undefined && format !== inner.format) add("format", `must be a ${format}`);
  if (contentEncoding !== undefined && contentEncoding !== inner.contentEncoding) {
    add("encoding", `must be encoded as ${contentEncoding}`);
  }
  return reasons;
}
