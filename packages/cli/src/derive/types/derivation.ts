import type { JsonSchemaObject } from "@smoltools/core";
import type { Place, TypeView } from "../engine/port.ts";
import type { ProblemList } from "../problems/problem-list.ts";
import type { Overlay } from "./comments/overlay.ts";
import type { Survey } from "./survey/survey.ts";

/** Where in a tool a schema is made. */
export interface Spot {
  /** As code would write it, for messages: `options.limit`, `result[]`. */
  path: string;
  /** Where to point when the type itself is not written in the user's code. */
  place: Place;
  /** What the function says about the parts of one of its parameters. */
  overlay?: Overlay | undefined;
  /** What `undefined` stands for here, which JSON does not have. Absent: it may not occur. */
  undefinedIs?: "absent" | "null";
  /** It is the whole result of a tool, which may come as a stream. */
  mayStream?: boolean;
  /** A package, or the standard library, declares what has the type. */
  isForeign?: boolean | undefined;
}

/** The making of one schema, as its parts see it. */
export interface Derivation {
  readonly direction: "input" | "output";
  readonly problems: ProblemList;
  /** What JSON cannot carry. */
  readonly survey: Survey;
  /** Checks that wait until all definitions are known: that defaults fit their schemas. */
  readonly afterwards: ((definitions: Record<string, JsonSchemaObject>) => void)[];
  /** The schema of a type. A type that has none is reported, and anything is accepted in its place. */
  schemaOf(type: TypeView, spot: Spot): JsonSchemaObject;
}
