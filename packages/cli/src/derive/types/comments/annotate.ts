import type { JsonSchemaObject } from "@smoltools/core";
import type { Constant, DocSource } from "../../engine/port.ts";
import { type MemberDoc, readMemberDoc } from "../../jsdoc/member-doc.ts";
import { applyConstraint } from "./constraints.ts";
import { applyOpen } from "./open.ts";
import { applyDefault, applyExamples } from "./defaults.ts";
import type { Derivation } from "../derivation.ts";
import type { Overlay } from "./overlay.ts";

/**
 * Adds to a schema what a comment says of the value.
 *
 * @param initial - The initialiser that the code gives the value.
 */
export function annotate(schema: JsonSchemaObject, doc: MemberDoc, derivation: Derivation, initial?: Constant): void {
  if (doc.text !== "") schema.description = doc.text;
  const defaultTag = doc.constraints.findLast(({ name }) => name === "default");
  for (const tag of doc.constraints) {
    if (tag.name === "example" || tag.name === "examples") applyExamples(schema, tag, derivation);
    else if (tag.name === "open") applyOpen(schema, tag, derivation);
    else if (tag.name !== "default") applyConstraint(schema, tag, derivation.problems);
  }
  applyDefault(schema, { initial, tag: defaultTag, bracket: doc.initial }, derivation);
}

/**
 * Adds what is said of a property or parameter, in the comment on itself and in a `@param` tag, which has the last word.
 *
 * @param initial - The initialiser that the code gives the value.
 * @returns All that is said.
 */
export function annotateMember(
  schema: JsonSchemaObject,
  comment: DocSource | undefined,
  overlay: Overlay | undefined,
  derivation: Derivation,
  initial: Constant | undefined,
): MemberDoc {
  const own = readMemberDoc(comment, derivation.problems);
  const outer = overlay?.doc;
  const doc: MemberDoc = {
    text: outer?.text || own.text,
    constraints: [...own.constraints, ...(outer?.constraints ?? [])],
    initial: outer?.initial ?? own.initial,
  };
  annotate(schema, doc, derivation, initial);
  return doc;
}
