import type { JsonSchemaObject } from "@smoltools/core";
import type { TypeView } from "../../engine/port.ts";
import type { Derivation, Spot } from "../derivation.ts";
import type { Obstacle } from "./obstacle.ts";

/**
 * Reports a type that has no schema.
 *
 * @returns A schema to go on with, so that all problems are found in one run.
 */
export function refuseType(
  { code, what, fix }: Obstacle,
  type: TypeView,
  spot: Spot,
  { problems, survey }: Derivation,
): JsonSchemaObject {
  // What is not written in the user's code has been said where it is nearest.
  if (type.place === undefined && survey.hasReported(type)) problems.reported++;
  else problems.refuse(code, type.place ?? spot.place, `"${spot.path}" ${what}.`, fix);
  return {};
}
