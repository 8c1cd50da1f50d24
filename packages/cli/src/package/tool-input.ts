import { errorMessage, type JsonSchema, type ObjectSchema } from "@smoltools/core";
import { UsageError } from "../cli/usage-error.ts";

/**
 * The input of a tool from options such as `--city Oslo --days=3 --tags '["a"]'`.
 *
 * A text stays a text where the schema wants one; every other value is read as JSON. A boolean needs no value;
 * `--no-x` is false. `max-rows` stands for `maxRows` and `max_rows`.
 *
 * @throws UsageError for an option that the tool does not have, or a value that cannot be read.
 */
export function inputFromOptions(options: readonly string[], schema: ObjectSchema): Record<string, unknown> {
  const properties = schema.properties ?? {};
  const input: Record<string, unknown> = {};
  for (let i = 0; i < options.length; i++) {
    const option = options[i] ?? "";
    const [flag = "", inline] = option.replace(/^--/, "").split(/=(.*)/s);
    const name = propertyName(flag, properties);
    if (name === undefined) {
      const negated = flag.startsWith("no-") ? propertyName(flag.slice(3), properties) : undefined;
      if (negated === undefined || !accepts(properties[negated], "boolean")) throw unknownOption(option, properties);
      input[negated] = false;
      continue;
    }
    const next = options[i + 1];
    const value = inline ?? (next === undefined || next.startsWith("--") ? undefined : options[++i]);
    input[name] = value === undefined ? noValue(option, properties[name]) : parseValue(option, value, properties[name]);
  }
  return input;
}

function propertyName(flag: string, properties: Record<string, JsonSchema>): string | undefined {
  if (Object.hasOwn(properties, flag)) return flag;
  const plain = (name: string) => name.replace(/[-_]/g, "").toLowerCase();
  return Object.keys(properties).find((name) => plain(name) === plain(flag));
}

function noValue(option: string, schema: JsonSchema | undefined): true {
  if (accepts(schema, "boolean")) return true;
  throw new UsageError(`${option} needs a value`);
}

function parseValue(option: string, text: string, schema: JsonSchema | undefined): unknown {
  if (accepts(schema, "string") && !looksLikeOther(text, schema)) return text;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${option} ${text}: write the value as JSON (${errorMessage(error)})`);
  }
}

/** Where a text is only one of several possibilities, JSON that is one of the others is taken for it. */
function looksLikeOther(text: string, schema: JsonSchema | undefined): boolean {
  const wanted = ["number", "integer", "boolean", "null", "array", "object"].filter((type) => accepts(schema, type));
  if (wanted.length === 0) return false;
  try {
    const value: unknown = JSON.parse(text);
    const type = value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
    return wanted.includes(type) || (type === "number" && wanted.includes("integer"));
  } catch {
    return false;
  }
}

function accepts(schema: JsonSchema | undefined, type: string): boolean {
  if (schema === undefined || typeof schema === "boolean") return schema === true;
  if (schema.anyOf) return schema.anyOf.some((branch) => accepts(branch, type));
  if (schema.type !== undefined) return [schema.type].flat().some((own) => own === type);
  const values = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  return values === undefined || values.some((value) => typeof value === type);
}

function unknownOption(option: string, properties: Record<string, JsonSchema>): UsageError {
  const names = Object.keys(properties).map((name) => `--${name}`);
  return new UsageError(
    `${option.split("=")[0]} is not an argument of the tool. It takes ${names.join(", ") || "none"}`,
  );
}
