import type { ParameterView } from "./engine/port.ts";
import { mayBeAbsent, warnLeftOut } from "./types/survey/left-out.ts";
import type { SchemaDerivation } from "./types/schema-of.ts";

/**
 * The parameters of a function that a call can give. The last ones of a package's function are left out when they may be
 * absent and JSON cannot carry them, as callbacks are; one before others keeps its place, and is refused.
 */
export function offeredParameters(
  parameters: readonly ParameterView[],
  derivation: SchemaDerivation,
): readonly ParameterView[] {
  const last = parameters.at(-1);
  if (!last?.isForeign || !(last.rest || mayBeAbsent(last))) return parameters;
  const spot = { path: last.name ?? "the last parameter", place: last.place, isForeign: true };
  const finding = derivation.survey.uncarried(last.type, spot);
  if (!finding) return parameters;
  warnLeftOut(`"${spot.path}"`, finding, spot, derivation);
  return offeredParameters(parameters.slice(0, -1), derivation);
}
