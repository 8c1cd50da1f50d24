import type { JsonSchema } from "@smoltools/core";

/** What kind of thing one schema accepts and the other does not. */
export type ReasonKind =
  | "type"
  | "value"
  | "range"
  | "length"
  | "pattern"
  | "format"
  | "encoding"
  | "code-type"
  | "required"
  | "unknown-key"
  | "removed-key"
  | "count"
  | "unique"
  | "union"
  | "unproved";

/** Why a schema does not lie within another: at one place, one thing. */
export interface Reason {
  kind: ReasonKind;
  /** The keywords and names that lead to the place, in the outer of the two schemas. */
  path: readonly string[];
  /** What is the matter, without the place. */
  why: string;
  /** The part of the inner schema that does not fit; absent where there is none. */
  inner?: JsonSchema;
  /** The part of the outer schema that it does not fit into. */
  outer?: JsonSchema;
}

/** No reason against it. */
export const proved: readonly Reason[] = [];

/** Where a comparison stands. */
export interface Place {
  /** In the outer schema. */
  path: readonly string[];
  /** How many arrays and objects lie around the value. */
  level: number;
}

/** Compares parts of the two schemas. */
export interface Comparison {
  compare(inner: JsonSchema, outer: JsonSchema, place: Place): readonly Reason[];
}

/** A reason at a place. */
export function reason(kind: ReasonKind, why: string, { path }: Place, inner?: JsonSchema, outer?: JsonSchema): Reason {
  return { kind, path, why, ...(inner !== undefined && { inner }), ...(outer !== undefined && { outer }) };
}

/** The place of a part: in the value too, for what lies in an array or an object. */
export function within({ path, level }: Place, ...keys: string[]): Place {
  return { path: [...path, ...keys], level: level + 1 };
}
