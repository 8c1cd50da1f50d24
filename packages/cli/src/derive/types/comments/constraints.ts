import { type JsonSchemaObject, type JsonSchemaTypeName, patternProblem } from "@smoltools/core";
import { type ConstraintKeyword, constraintKeywords } from "../../jsdoc/constraint-keywords.ts";
import type { ConstraintTag } from "../../jsdoc/described.ts";
import type { ProblemList } from "../../problems/problem-list.ts";

/** Adds a constraint tag to a schema: to the branches of a union whose type it is about. */
export function applyConstraint(schema: JsonSchemaObject, tag: ConstraintTag, problems: ProblemList): void {
  const keyword = constraintKeywords.get(tag.name);
  if (!keyword) return;
  const targets = keyword.on ? schemasOfType(schema, keyword.on) : [schema];
  if (targets.length === 0) {
    const message = `@${tag.name} says nothing about a value of this type: it is for ${keyword.on?.[0] ?? ""}s.`;
    problems.refuse("E_TAG", tag.place, message, fixForWrongType(schema, tag));
    return;
  }
  const text = tag.text.trim();
  const refuse = (wrong: string, fix: string) => problems.refuse("E_TAG", tag.place, `@${tag.name} ${wrong}.`, fix);
  if (keyword.value === "integer") {
    if (tag.name === "asType" && text !== "integer") refuse(`makes no type of "${text}"`, "write @integer");
    else targets.forEach(makeInteger);
    return;
  }
  const value = constraintValue(tag.name, keyword, text, refuse);
  if (value === undefined) return;
  if (keyword.value === "pattern") {
    const wrong = patternProblem(text);
    if (wrong) {
      problems.refuse("E_PATTERN", tag.place, `@pattern ${wrong.message}.`, wrong.fix);
      return;
    }
  }
  for (const target of targets) Object.assign(target, { [tag.name]: value });
}

function constraintValue(
  name: string,
  { value }: ConstraintKeyword,
  text: string,
  refuse: (wrong: string, fix: string) => void,
): string | number | boolean | undefined {
  switch (value) {
    case "number":
    case "count": {
      const number = text === "" ? Number.NaN : Number(text);
      const isCount = value === "count";
      if (!Number.isFinite(number) || (isCount && !(Number.isInteger(number) && number >= 0))) {
        refuse(
          `needs a ${isCount ? "whole " : ""}number, and has "${text}"`,
          `write a number and nothing else: @${name} 1`,
        );
        return undefined;
      }
      if (name === "multipleOf" && number <= 0) {
        refuse("needs a number greater than 0", "write for example: @multipleOf 0.5");
        return undefined;
      }
      return number;
    }
    case "flag":
      // The text behind @deprecated is its reason.
      if (name === "deprecated" || ["", "true", "false"].includes(text)) return text !== "false";
      refuse(`is true or false, and has "${text}"`, `write @${name} alone`);
      return undefined;
    default:
      if (text === "" || (/^(?:format|content)/.test(name) && /\s/.test(text))) {
        refuse(
          `needs one ${name === "title" || name === "pattern" ? "text" : "word"}, and has "${text}"`,
          `write for example: @${examples[name] ?? name}`,
        );
        return undefined;
      }
      return text;
  }
}

const examples: Readonly<Record<string, string>> = {
  format: "format date",
  pattern: "pattern ^[a-z]+$",
  title: "title Width",
  contentEncoding: "contentEncoding base64",
  contentMediaType: "contentMediaType image/png",
};

/** The parts of a schema that say something about values of these types; those that accept anything are among them. */
function schemasOfType(schema: JsonSchemaObject, types: readonly JsonSchemaTypeName[]): JsonSchemaObject[] {
  if (schema.anyOf) {
    return schema.anyOf.flatMap((branch) => (typeof branch === "object" ? schemasOfType(branch, types) : []));
  }
  if (schema.$ref !== undefined || schema.not !== undefined) return [];
  if (schema.type === undefined) return [schema];
  return [schema.type].flat().some((type) => types.includes(type)) ? [schema] : [];
}

function makeInteger(schema: JsonSchemaObject): void {
  const swap = (type: JsonSchemaTypeName): JsonSchemaTypeName => (type === "number" ? "integer" : type);
  if (typeof schema.type === "string") schema.type = swap(schema.type);
  else if (schema.type !== undefined) schema.type = schema.type.map(swap);
}

/** A constraint on the items of an array needs a name for their type. */
function fixForWrongType(schema: JsonSchemaObject, { name, text }: ConstraintTag): string {
  if (schema.type !== "array") return `leave @${name} out, or change the type`;
  return `give the items a type of their own, with the tag above it: /** @${name} ${text} */ type Item = …`;
}
