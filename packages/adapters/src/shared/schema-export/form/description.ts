import type { JsonSchemaObject } from "@smoltools/core";
import { isLimit } from "../shape/keywords.ts";
import type { Normal } from "../shape/normalise.ts";
import type { Form } from "./form.ts";

/** A limit whose value is longer is only named. */
const maxLimitLength = 200;

/**
 * Says of a form what its original says of itself, and which limits of it the form does not have.
 *
 * @param about - The original's descriptions and limits.
 */
export function described(
  form: Form,
  { about, conditions = {} }: Pick<Normal, "about" | "conditions">,
  refSiblings: boolean,
): Form {
  const { title, description } = about;
  const lost = Object.entries(about).filter(([keyword]) => isLimit(keyword) && !Object.hasOwn(form.schema, keyword));
  const text = [description, form.schema.description, ...notes([...lost, ...Object.entries(conditions)], about)]
    .filter((part) => part !== undefined && part !== "")
    .reduce((before: string, part) => `${before}${separator(before)}${part}`, "");
  const shown = { ...(title !== undefined && { title }), ...(text !== "" && { description: text }) };
  if (Object.keys(shown).length === 0) return form;
  const { $ref, ...rest } = form.schema;
  if ($ref === undefined || refSiblings) return { ...form, schema: { ...form.schema, ...shown } };
  return { ...form, schema: { ...rest, anyOf: [{ $ref }], ...shown } };
}

function separator(before: string): string {
  if (before === "") return "";
  return /[.!?:;)]$/.test(before) ? " " : ". ";
}

function notes(lost: readonly (readonly [string, unknown])[], about: JsonSchemaObject): string[] {
  const { default: initial, examples = [], deprecated } = about;
  return [
    ...(lost.length > 0 ? [`(${lost.map(([keyword, value]) => limitText(keyword, value)).join(", ")})`] : []),
    ...(initial === undefined ? [] : [`Default: ${JSON.stringify(initial)}.`]),
    ...(examples.length > 0 ? [`Examples: ${examples.map((one) => JSON.stringify(one)).join(", ")}.`] : []),
    ...(deprecated === true ? ["Deprecated."] : []),
  ];
}

function limitText(keyword: string, value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > maxLimitLength ? keyword : `${keyword} ${text}`;
}
