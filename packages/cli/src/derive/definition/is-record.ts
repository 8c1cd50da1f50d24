import type { JsonObject, JsonValue } from "@smoltools/core";

/** True for JSON objects, lists aside. */
export function isRecord(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
