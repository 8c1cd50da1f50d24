import type { JsonObject } from "@smoltools/core";
import { isRecord, parseJson } from "../../../shared/json-access.ts";

/**
 * The arguments of a past call as an object. What the model wrote instead of one is kept as a text within it, so that
 * it still sees its mistake.
 *
 * @param written - As the model wrote them.
 */
export function pastArguments(written: string): JsonObject {
  const parsed = parseJson(written);
  if (isRecord(parsed)) return parsed as JsonObject;
  return written.trim() === "" ? {} : { invalid_arguments: written };
}
