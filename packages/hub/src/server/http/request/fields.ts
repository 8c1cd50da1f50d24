import { HubServerError } from "../../hub-server-error.ts";
import { isObject } from "../../../shared/is-object.ts";

type Fields = Record<string, unknown>;

/**
 * A text of a JSON body.
 *
 * @throws HubServerError `HUB_BAD_REQUEST` that names the field when it is missing, or no text.
 */
export function textField(fields: Fields, name: string): string {
  const value = optionalText(fields, name);
  if (value === undefined) throw new HubServerError("HUB_BAD_REQUEST", `The field "${name}" is missing.`);
  return value;
}

/** Like {@link textField}; `undefined` when it is missing or `null`. */
export function optionalText(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return value;
  throw new HubServerError("HUB_BAD_REQUEST", `The field "${name}" is not a text.`);
}

/** A list of JSON objects; empty when it is missing or `null`. */
export function objectList(fields: Fields, name: string): Fields[] {
  const value = fields[name] ?? [];
  if (Array.isArray(value) && value.every(isObject)) return value;
  throw new HubServerError("HUB_BAD_REQUEST", `The field "${name}" is not a list of objects.`);
}

/** A JSON object; `undefined` when it is missing. */
export function optionalObject(fields: Fields, name: string): Fields | undefined {
  const value = fields[name];
  if (value === undefined || value === null || isObject(value)) return value ?? undefined;
  throw new HubServerError("HUB_BAD_REQUEST", `The field "${name}" is not an object.`);
}
