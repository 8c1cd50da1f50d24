import type { JsonSchemaObject } from "@smoltools/core";
import type { TypeView } from "../engine/port.ts";
import type { RefusalCode } from "../problems/problem.ts";
import type { Derivation, Spot } from "./derivation.ts";

/**
 * Reports a type that has no schema.
 *
 * @param what - Goes on where the name of the value ends: `is a symbol`.
 * @returns A schema to go on with, so that all problems are found in one run.
 */
export function refuseType(
  code: RefusalCode,
  type: TypeView,
  spot: Spot,
  { problems }: Derivation,
  what: string,
  fix: string,
): JsonSchemaObject {
  problems.refuse(code, type.place ?? spot.place, `"${spot.path}" ${what}.`, fix);
  return {};
}
