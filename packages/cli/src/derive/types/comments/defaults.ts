import { type JsonSchemaObject, jsonEqual, type JsonValue, SchemaValidator } from "@smoltools/core";
import type { Constant, Place } from "../../engine/port.ts";
import type { ConstraintTag, InitialText } from "../../jsdoc/described.ts";
import type { Derivation } from "../derivation.ts";

/** The ways in which a default can be given. */
export interface DefaultSources {
  initial: Constant | undefined;
  tag: ConstraintTag | undefined;
  /** What stands behind `=` in `[limit=3]`. */
  bracket: InitialText | undefined;
}

/**
 * Sets a schema's default. The code has the last word; a comment may give the value where the code computes it.
 *
 * Whether the value fits is checked once all definitions are known.
 */
export function applyDefault(schema: JsonSchemaObject, sources: DefaultSources, derivation: Derivation): void {
  const { initial, tag, bracket } = sources;
  const { problems } = derivation;
  const documented = tag ? readings(tag.text) : bracket === undefined ? undefined : readings(bracket.text);
  const coded = initial && !initial.isUndefined ? initial : undefined;
  if (coded && coded.value === undefined && !documented) {
    const fix = "make it optional, compute the default in the body, and name it with @default";
    problems.refuse("E_DEFAULT", coded.place, `The default ${coded.text} is not made of literals.`, fix);
    return;
  }
  const value = coded?.value;
  if (value !== undefined && tag && !readings(tag.text).some((reading) => jsonEqual(reading, value))) {
    const message = `The code says that the default is ${coded?.text ?? ""}, and @default says ${tag.text}.`;
    problems.refuse("E_DEFAULT", tag.place, message, "leave @default out: the code says it already");
    return;
  }
  const values = value === undefined ? documented : [value];
  const place = coded?.place ?? tag?.place ?? bracket?.place;
  if (!values || !place) return;
  afterwards(schema, values, derivation, (fitting, why) => {
    if (fitting !== undefined) schema.default = fitting;
    else refuseDefault(place, values, why, derivation);
  });
}

/** Adds examples, of which each must fit the schema. */
export function applyExamples(schema: JsonSchemaObject, tag: ConstraintTag, derivation: Derivation): void {
  const [value] = readings(tag.text);
  const list = tag.name === "examples" && Array.isArray(value) ? value.map((item) => [item]) : [readings(tag.text)];
  for (const values of list) {
    afterwards(schema, values, derivation, (fitting, why) => {
      if (fitting !== undefined) schema.examples = [...(schema.examples ?? []), fitting];
      else {
        const message = `The example does not fit the type: ${why}.`;
        derivation.problems.refuse("E_TAG", tag.place, message, "write a value of the type, as JSON");
      }
    });
  }
}

function refuseDefault(place: Place, values: readonly JsonValue[], why: string, { problems }: Derivation): void {
  const message = `The default ${JSON.stringify(values[0])} does not fit the type: ${why}.`;
  problems.refuse("E_DEFAULT", place, message, "change the default, or the type and its constraints");
}

/** Finds the first of some values that the finished schema accepts. */
function afterwards(
  schema: JsonSchemaObject,
  values: readonly JsonValue[],
  derivation: Derivation,
  decide: (fitting: JsonValue | undefined, why: string) => void,
): void {
  derivation.afterwards.push((definitions) => {
    const { default: _default, ...bare } = schema;
    const validator = new SchemaValidator({ ...bare, $defs: definitions });
    const fitting = values.find((value) => validator.findings(value).length === 0);
    const findings = fitting === undefined ? validator.findings(values[0]) : [];
    const why = findings.map(
      ({ path, expected, received }) => `${path || "it"} must be ${expected}, and is ${received}`,
    );
    decide(fitting, why.join("; "));
  });
}

/** What a text in a comment may mean: the JSON that it is, else the text itself. */
function readings(text: string): JsonValue[] {
  const trimmed = text.trim();
  try {
    const value: JsonValue = JSON.parse(trimmed);
    return [value, trimmed];
  } catch {
    return [/^'[^']*'$/.test(trimmed) ? trimmed.slice(1, -1) : trimmed];
  }
}
