import type { ToolAnnotations } from "@smoltools/core";
import type { DefinitionView, FunctionView, MemberView } from "../engine/port.ts";
import { annotationNames } from "../jsdoc/annotations.ts";
import { type FunctionDoc, readFunctionDoc } from "../jsdoc/function-doc.ts";
import { addPermissions, joinPermissions, permissionKinds, type ToolPermissions } from "../jsdoc/permissions.ts";
import type { ProblemList } from "../problems/problem-list.ts";
import { isFrozen } from "./is-frozen.ts";
import { isRecord } from "./is-record.ts";

/** All that is said of a definition: in the comments on it and on its method, and in its members. */
export function definitionDoc(view: DefinitionView, work: FunctionView, problems: ProblemList): FunctionDoc {
  const outer = readFunctionDoc(view.doc, problems);
  const inner = work.doc === undefined ? outer : readFunctionDoc(work.doc, problems);
  const doc = work.doc === undefined ? outer : joined(outer, inner);
  doc.description = description(view, outer, problems);
  const { permissions, annotations } = Object.fromEntries(view.members);
  if (permissions) addWrittenPermissions(doc.permissions, permissions, problems);
  if (annotations) doc.annotations = { ...doc.annotations, ...writtenAnnotations(annotations, problems) };
  return doc;
}

function joined(outer: FunctionDoc, inner: FunctionDoc): FunctionDoc {
  const deprecated = outer.deprecated ?? inner.deprecated;
  return {
    ...outer,
    params: [...inner.params, ...outer.params],
    returns: inner.returns ?? outer.returns,
    throws: [...outer.throws, ...inner.throws],
    examples: [...outer.examples, ...inner.examples],
    permissions: joinPermissions(outer.permissions, inner.permissions),
    annotations: { ...inner.annotations, ...outer.annotations },
    deprecated,
    name: outer.name ?? inner.name,
  };
}

/** The literal; the comment where there is none. */
function description(view: DefinitionView, { description: comment }: FunctionDoc, problems: ProblemList): string {
  const member = view.members.get("description");
  const value = member?.initial?.value;
  if (typeof value === "string" && value.trim() !== "") return isFrozen(view) ? value : value.trim();
  if (!member && comment !== "") return comment;
  const message = member
    ? `The description of "${view.exportName}" is no text that can be read without running it.`
    : `"${view.exportName}" has no description.`;
  const fix = 'write it as a literal: description: "What it does and when to use it."';
  problems.refuse("E_NO_DESCRIPTION", member?.place ?? view.place, message, fix);
  return "";
}

/** `["net api.example.com", "env:KEY"]`, or `{ net: ["api.example.com"] }`. */
function addWrittenPermissions(
  permissions: ToolPermissions,
  { initial, place }: MemberView,
  problems: ProblemList,
): void {
  const value = initial?.value;
  const refuse = (wrong: string) =>
    problems.refuse("E_TAG", initial?.place ?? place, `The permissions ${wrong}.`, 'write ["net api.example.com"]');
  const add = (text: string) => {
    const wrong = addPermissions(permissions, text);
    if (wrong !== undefined) refuse(`are wrong: ${wrong}`);
  };
  if (Array.isArray(value)) {
    for (const entry of value) {
      if (typeof entry === "string") add(entry.replace(/^(\w+):\s*/, "$1 "));
      else refuse("have an entry that is no text");
    }
  } else if (isRecord(value)) {
    for (const [kind, values] of Object.entries(value)) {
      const texts = Array.isArray(values) ? values.filter((one) => typeof one === "string") : undefined;
      if (!texts) refuse(`of the kind ${kind} are no list`);
      else if (texts.length > 0 || !permissionKinds.some((known) => known === kind)) add([kind, ...texts].join(" "));
    }
  } else refuse("cannot be read without running them");
}

function writtenAnnotations({ initial, place }: MemberView, problems: ProblemList): ToolAnnotations {
  const value = initial?.value;
  const refuse = (wrong: string): ToolAnnotations => {
    const fix = "write an object literal such as { readOnlyHint: true }";
    problems.refuse("E_TAG", initial?.place ?? place, `The annotations ${wrong}.`, fix);
    return {};
  };
  if (!isRecord(value)) return refuse("cannot be read without running them");
  for (const [name, hint] of Object.entries(value)) {
    const type = name === "title" ? "string" : "boolean";
    if (name !== "title" && !annotationNames.has(name)) return refuse(`have no member ${name}`);
    if (typeof hint !== type) return refuse(`need a ${type} as ${name}`);
  }
  return value;
}
