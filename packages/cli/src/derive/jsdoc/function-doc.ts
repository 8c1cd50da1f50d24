import type { ToolAnnotations } from "@smoltools/core";
import type { DocSource, Place } from "../engine/port.ts";
import type { ProblemList } from "../problems/problem-list.ts";
import { addAnnotations } from "./annotations.ts";
import { constraintKeywords } from "./constraint-keywords.ts";
import type { Described, InitialText } from "./described.ts";
import { refuseMistakenTag } from "./mistaken-tag.ts";
import { parseParamTag } from "./param-tag.ts";
import { parseComment, type Tag } from "./parse-comment.ts";
import { addPermissions, noPermissions, type ToolPermissions } from "./permissions.ts";
import { prose } from "./prose.ts";
import { canonicalTagName } from "./tag-names.ts";

/** A `@param` tag with the constraint tags behind it. */
export interface ParamDoc extends Described {
  /** `["options", "limit"]` for `@param options.limit`. */
  path: string[];
  initial: InitialText | undefined;
  /** Of the name. */
  place: Place;
}

/** An error that a tool declares with `@throws`. */
export interface DeclaredError {
  /** Its class, if one is named in braces. */
  name?: string;
  description: string;
}

/** An `@example` as written. */
export interface ExampleDoc {
  text: string;
  /** Of the tag. */
  place: Place;
}

/** A `@name` as written. */
export interface NameDoc {
  text: string;
  /** Of the tag. */
  place: Place;
}

/** What the comment on a function says. */
export interface FunctionDoc {
  /** What JSDoc is told that it is called. */
  name: NameDoc | undefined;
  description: string;
  params: ParamDoc[];
  returns: (Described & { place: Place }) | undefined;
  throws: DeclaredError[];
  examples: ExampleDoc[];
  permissions: ToolPermissions;
  annotations: ToolAnnotations;
  /** The reason, which may be empty. */
  deprecated: string | undefined;
}

/** Tags that belong to the function when they stand on a line of their own, else to what they stand behind. */
const eitherWay: ReadonlySet<string> = new Set(["example", "deprecated"]);

/**
 * Reads the comment on a function. Constraint tags belong to the `@param` or `@returns` that they follow.
 *
 * @param problems - Told of tags that are wrong or out of place.
 */
export function readFunctionDoc(source: DocSource | undefined, problems: ProblemList): FunctionDoc {
  const doc: FunctionDoc = {
    name: undefined,
    description: "",
    params: [],
    returns: undefined,
    throws: [],
    examples: [],
    permissions: noPermissions(),
    annotations: {},
    deprecated: undefined,
  };
  if (!source) return doc;
  const comment = parseComment(source.comment);
  doc.description = prose(comment.text);
  let owner: Described | undefined;
  for (const tag of comment.tags) {
    const name = canonicalTagName(tag.name);
    const place = source.placeOf(tag.offset, tag.name.length + 1);
    const isOwn = eitherWay.has(name) && (tag.ownLine || !owner);
    if (constraintKeywords.has(name) && !isOwn) {
      if (owner) owner.constraints.push({ name, text: tag.text, place });
      else if (name === "title" && doc.params.length === 0) doc.annotations.title = tag.text;
      else refuseStrayTag(tag.name, place, problems);
      continue;
    }
    owner = readFunctionTag(name, tag, source, doc, problems);
  }
  return doc;
}

/** @returns What the constraint tags that follow belong to. */
function readFunctionTag(
  name: string,
  tag: Tag,
  source: DocSource,
  doc: FunctionDoc,
  problems: ProblemList,
): Described | undefined {
  const place = source.placeOf(tag.offset, tag.name.length + 1);
  const refuse = (wrong: string | undefined, fix: string) => {
    if (wrong !== undefined) problems.refuse("E_TAG", place, `@${tag.name}: ${wrong}`, fix);
  };
  switch (name) {
    case "param": {
      const { path, initial, nameOffset, nameLength, description } = parseParamTag(tag.text);
      if (path.length === 0)
        refuse("it names no parameter", "write the parameter's name: @param name - what it is for");
      const namePlace = path.length === 0 ? place : source.placeOf(tag.textOffset + nameOffset, nameLength);
      const param: ParamDoc = {
        path,
        initial: initial === undefined ? undefined : { text: initial, place: namePlace },
        place: namePlace,
        text: prose(description),
        constraints: [],
      };
      doc.params.push(param);
      return param;
    }
    case "returns":
      doc.returns = { text: prose(withoutType(tag.text).text), constraints: [], place };
      return doc.returns;
    case "name":
      doc.name = { text: tag.text, place };
      return undefined;
    case "description":
      doc.description = [doc.description, prose(tag.text)].filter(Boolean).join("\n");
      return undefined;
    case "throws": {
      const { type, text } = withoutType(tag.text);
      doc.throws.push({ ...(type === "" ? {} : { name: type }), description: prose(text) });
      return undefined;
    }
    case "example":
      if (tag.text !== "") doc.examples.push({ text: tag.text, place });
      return undefined;
    case "deprecated":
      doc.deprecated = prose(tag.text);
      return undefined;
    case "permission":
      refuse(addPermissions(doc.permissions, tag.text), "write for example: @permission net api.example.com");
      return undefined;
    case "annotation":
      refuse(addAnnotations(doc.annotations, tag.text), "write for example: @annotation readOnly");
      return undefined;
    default:
      refuseMistakenTag(tag.name, place, problems);
      return undefined;
  }
}

function refuseStrayTag(name: string, place: Place, problems: ProblemList): void {
  const message = `@${name} stands behind no @param and no @returns, so it constrains nothing.`;
  problems.refuse("E_TAG", place, message, `move @${name} behind the @param that it is about`);
}

/** Splits a leading `{Type}` off. */
function withoutType(text: string): { type: string; text: string } {
  const [braced, type = ""] = /^\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}\s*/.exec(text) ?? [""];
  return { type: type.trim(), text: text.slice(braced.length) };
}
