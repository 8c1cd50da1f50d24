import type { JsonSchema, ObjectSchema } from "@smoltools/core";
import { didYouMean } from "../../cli/line/suggest.ts";
import { UsageError } from "../../cli/errors/usage-error.ts";
import { accepts, itemSchema, propertiesOf } from "./schema-view.ts";

/** What a flag is about. */
export interface FlagPlace {
  /** Names of properties and positions in lists. */
  path: (string | number)[];
  schema: JsonSchema;
  /** It was written as `--no-x`. */
  negated: boolean;
}

/**
 * Finds what a flag is about: `--max-rows` stands for `maxRows` and `max_rows`, dots lead into objects and lists.
 *
 * @param name - Without the dashes in front.
 * @throws UsageError for what the tool does not have, with what was probably meant.
 */
export function flagPlace(name: string, schema: ObjectSchema): FlagPlace {
  const found = walk(name, schema, schema);
  if (found) return { ...found, negated: false };
  const positive = name.startsWith("no-") ? walk(name.slice(3), schema, schema) : undefined;
  if (positive && accepts(positive.schema, "boolean", schema)) return { ...positive, negated: true };
  throw unknownFlag(name, schema);
}

function walk(rest: string, schema: JsonSchema, root: ObjectSchema): Omit<FlagPlace, "negated"> | undefined {
  const { properties, others } = propertiesOf(schema, root);
  const whole = propertyName(rest, properties);
  if (whole !== undefined) return { path: [whole], schema: properties[whole] ?? true };
  const [head = "", tail] = rest.split(/\.(.*)/s);
  const step = stepInto(head, schema, root);
  if (step && tail === undefined) return { path: [step.key], schema: step.schema };
  const further = step && tail !== undefined ? walk(tail, step.schema, root) : undefined;
  if (step && further) return { path: [step.key, ...further.path], schema: further.schema };
  // A key of a record may have dots itself.
  const isRecord = others !== undefined && rest !== "" && propertyName(head, properties) === undefined;
  return isRecord ? { path: [rest], schema: others } : undefined;
}

/** One step: a property, a position in a list, or a key of a record. */
function stepInto(
  head: string,
  schema: JsonSchema,
  root: ObjectSchema,
): { key: string | number; schema: JsonSchema } | undefined {
  const { properties, others } = propertiesOf(schema, root);
  const name = propertyName(head, properties);
  if (name !== undefined) return { key: name, schema: properties[name] ?? true };
  if (/^\d{1,4}$/.test(head) && schema !== root && accepts(schema, "array", root)) {
    return { key: Number(head), schema: itemSchema(schema, Number(head), root) };
  }
  return others === undefined || head === "" ? undefined : { key: head, schema: others };
}

function propertyName(flag: string, properties: Readonly<Record<string, JsonSchema>>): string | undefined {
  const names = Object.keys(properties);
  if (names.includes(flag)) return flag;
  const plain = (name: string) => name.replace(/[-_]/g, "").toLowerCase();
  return names.find((name) => plain(name) === plain(flag));
}

function unknownFlag(name: string, schema: ObjectSchema): UsageError {
  const names = Object.keys(propertiesOf(schema, schema).properties);
  const flags = names.map((one) => `--${flagName(one)}`);
  const near = didYouMean(`--${name}`, flags);
  return new UsageError(
    `--${name} is not an argument of the tool. It takes ${flags.join(", ") || "none"}.${near}`.replace(/\.$/, ""),
  );
}

/** A property as people write flags: `maxRows` becomes `max-rows`. */
export function flagName(property: string): string {
  if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(property)) return property;
  return property
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replaceAll("_", "-")
    .toLowerCase();
}
