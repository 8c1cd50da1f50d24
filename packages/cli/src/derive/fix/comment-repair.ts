import type { DocSource, FunctionView, Place } from "../engine/port.ts";
import type { Repair } from "../problems/problem.ts";

/** What of a function its comment is about. */
type Commented = Pick<FunctionView, "home" | "doc">;

/** The repair of a comment on a function that lacks a part; `undefined` where the function is not the user's own. */
export function commentRepair(
  { home, doc }: Commented,
  missing: { tag: "description" | "returns" } | { tag: "param"; parameter: string; parameters: readonly string[] },
): Repair | undefined {
  if (!home || (doc && commentPlace(doc).file !== home.place.file)) return undefined;
  const { place, start } = home;
  return { kind: "tag", parameters: [], ...missing, home: place, start, ...(doc && { comment: commentPlace(doc) }) };
}

/** Where a comment stands. */
function commentPlace(doc: DocSource): Place {
  return doc.placeOf(0, doc.comment.length);
}
