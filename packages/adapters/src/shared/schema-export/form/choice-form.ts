import type { JsonSchema, JsonSchemaObject } from "@smoltools/core";
import { isRecord } from "../../json-access.ts";
import { type Form, type FormContext, neverForm } from "./form.ts";

/** The only property of an object that holds a text of JSON where a plain text could stand as well. */
const jsonProperty = "json";

/** One of several schemas, with what tells its values apart. */
interface Branch extends Form {
  fitsForm: (value: unknown) => boolean;
  fitsOriginal: (value: unknown) => boolean;
}

/** The form of a choice between schemas. */
export function choiceForm(schemas: readonly JsonSchema[], context: FormContext): Form {
  const possible = schemas.map((schema) => ({ schema, form: context.form(schema) }));
  const found = possible.filter(({ form }) => form.kind !== "never");
  const [first, ...more] = found;
  if (!first) return neverForm;
  if (more.length === 0) return first.form;
  const hasText = found.some(({ form }) => form.kind !== "json" && mayBeText(form.schema));
  const branches = found.map(({ schema, form }): Branch => {
    const { schema: shown, decode } = hasText && form.kind === "json" ? inObject(form) : form;
    return { schema: shown, decode, fitsForm: context.formFits(shown), fitsOriginal: context.originalFits(schema) };
  });
  const decode = onceWithin((value) => decodeChoice(value, branches));
  return { schema: { anyOf: branches.map(({ schema }) => schema) }, decode };
}

/**
 * The branch that was meant is the one whose form the value has, and whose decoded value is right; failing that, one
 * whose decoded value is right; failing that, one whose form the value has: what is wrong then is told in its terms.
 */
function decodeChoice(value: unknown, branches: readonly Branch[]): unknown {
  const hasForm = branches.map(({ fitsForm }) => fitsForm(value));
  const likeliestFirst = [
    ...branches.filter((_, index) => hasForm[index]),
    ...branches.filter((_, index) => !hasForm[index]),
  ];
  let near: { decoded: unknown } | undefined;
  for (const [index, { decode, fitsOriginal }] of likeliestFirst.entries()) {
    const decoded = decode(value);
    if (fitsOriginal(decoded)) return decoded;
    if (index === 0 && hasForm.includes(true)) near = { decoded };
  }
  return (near ?? { decoded: value }).decoded;
}

/**
 * Decodes each object within a value once. Of a type that contains itself every branch leads to the same objects: at
 * each level they would be decoded twice as often as at the one above.
 */
function onceWithin(decode: (value: unknown) => unknown): (value: unknown) => unknown {
  let decoded: WeakMap<object, unknown> | undefined;
  return (value) => {
    if (typeof value !== "object" || value === null) return decode(value);
    if (decoded) {
      if (!decoded.has(value)) decoded.set(value, decode(value));
      return decoded.get(value);
    }
    decoded = new WeakMap();
    try {
      return decode(value);
    } finally {
      decoded = undefined;
    }
  };
}

function inObject(form: Form): Form {
  const schema: JsonSchemaObject = {
    type: "object",
    properties: { [jsonProperty]: form.schema },
    required: [jsonProperty],
    additionalProperties: false,
  };
  const decode = (value: unknown): unknown =>
    isRecord(value) && Object.keys(value).length === 1 && typeof value[jsonProperty] === "string"
      ? form.decode(value[jsonProperty])
      : form.decode(value);
  return { schema, decode };
}

/** Whether a text fits a form, as far as its type tells. */
function mayBeText({ type, anyOf, $ref, enum: values }: JsonSchemaObject): boolean {
  if ($ref !== undefined) return true;
  if (anyOf) return anyOf.some((branch) => typeof branch === "object" && mayBeText(branch));
  if (values) return values.some((value) => typeof value === "string");
  return type === undefined || [type].flat().includes("string");
}
