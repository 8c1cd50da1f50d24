import type { PropertyView, TypeView } from "../../engine/port.ts";
import type { Derivation, Spot } from "../derivation.ts";
import type { Finding } from "./type-graph.ts";

/**
 * True for a property that is left out when JSON cannot carry its type: an optional one that a package or the standard
 * library declares. What the author wrote is refused instead: somebody meant it, and it can be changed.
 */
export function mayLeaveOut(property: PropertyView, direction: "input" | "output"): boolean {
  if (!property.isForeign || !mayBeAbsent(property)) return false;
  // A result is what the function says it is: only what JSON drops by itself is absent from it.
  return direction === "input" || isDropped(property.type);
}

/** The same for a member of a union, of which the input then never is. */
export function mayLeaveOutMember(
  union: TypeView,
  member: TypeView,
  isForeign: boolean,
  direction: "input" | "output",
): boolean {
  return direction === "input" && (isForeign || union.isForeign || member.isForeign);
}

/** An optional property may be absent, and so may one whose type admits `undefined`. */
export function mayBeAbsent({ optional, type: { shape } }: Pick<PropertyView, "optional" | "type">): boolean {
  return optional || (shape.kind === "union" && shape.members.some(isNothing));
}

/** True for `undefined` and `void`. */
export function isNothing({ shape }: TypeView): boolean {
  return shape.kind === "nothing";
}

/** Says what was left out, and why. */
export function warnLeftOut(
  what: string,
  { path, obstacle }: Finding,
  spot: Spot,
  { problems }: Pick<Derivation, "problems">,
): void {
  const message = `${what} is left out: "${path}" ${obstacle.what}.`;
  problems.warn("W_LEFT_OUT", spot.place, message, "wrap the function in one of your own if callers need it");
}

function isDropped({ shape }: TypeView): boolean {
  if (shape.kind === "union") return shape.members.every((member) => isNothing(member) || isDropped(member));
  return shape.kind === "function" || shape.kind === "symbol";
}
