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
  return { schema: { anyOf: branches.map(({ schema }) => schema) }, decode: (value) => decodeChoice(value, branches) };
}

/**
 * The branch that was meant is the one whose form the value has, and whose decoded value is right; failing that, one
 * whose decoded value is right; failing that, one whose form the value has: what is wrong then is told in its terms.
 */
function decodeChoice(value: unknown, branches: readonly Branch[]): unknown {
  let near: { decoded: unknown } | undefined;
  let right: { decoded: unknown } | undefined;
  for (const { decode, fitsForm, fitsOriginal } of branches) {
    const decoded = decode(value);
    const hasForm = fitsForm(value);
    const isRight = fitsOriginal(decoded);
    if (hasForm && isRight) return decoded;
    if (isRight) right ??= { decoded };
    if (hasForm) near ??= { decoded };
  }
  return (right ?? near ?? { decoded: value }).decoded;
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
