import type { JsonSchemaObject } from "@smoltools/core";
import type { ConstraintTag } from "../../jsdoc/described.ts";
import type { Derivation } from "../derivation.ts";

/**
 * Marks the choices of a result whose values may become more. Of an input it says nothing, and a type may be used in
 * both: a value more that is accepted disturbs no caller.
 */
export function applyOpen(schema: JsonSchemaObject, tag: ConstraintTag, { direction, problems }: Derivation): void {
  const choices = choicesOf(schema);
  if (choices.length === 0) {
    const fix = schema.type === "array" ? "write it above the type of the items" : "leave @open out";
    problems.refuse("E_TAG", tag.place, "@open says nothing here: it is for a choice of literal values.", fix);
  } else if (tag.text.trim() !== "") {
    problems.refuse("E_TAG", tag.place, `@open stands alone, and has "${tag.text.trim()}".`, "write @open and no more");
  } else if (direction === "output") for (const choice of choices) choice["x-open"] = true;
}

function choicesOf(schema: JsonSchemaObject): JsonSchemaObject[] {
  if (schema.anyOf) return schema.anyOf.flatMap((branch) => (typeof branch === "object" ? choicesOf(branch) : []));
  return schema.enum !== undefined || schema.const !== undefined ? [schema] : [];
}
