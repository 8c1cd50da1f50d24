import type { DocSource } from "../engine/port.ts";
import type { ProblemList } from "../problems/problem-list.ts";
import { constraintKeywords } from "./constraint-keywords.ts";
import type { Described, InitialText } from "./described.ts";
import { refuseMistakenTag } from "./mistaken-tag.ts";
import { parseComment, type Tag } from "./parse-comment.ts";
import { parseParamTag } from "./param-tag.ts";
import { prose } from "./prose.ts";
import { canonicalTagName } from "./tag-names.ts";

/** What the comment on a property or a type says. */
export interface MemberDoc extends Described {
  initial: InitialText | undefined;
}

/**
 * Reads the comment on a property, an interface or an alias; of a `@typedef`, the one `@property` that is meant.
 *
 * @param problems - Told of tags that are wrong.
 */
export function readMemberDoc(source: DocSource | undefined, problems: ProblemList): MemberDoc {
  const doc: MemberDoc = { text: "", constraints: [], initial: undefined };
  if (!source) return doc;
  const comment = parseComment(source.comment);
  const from = comment.tags.findIndex(({ offset }) => offset === source.tagOffset);
  const member = comment.tags[from];
  if (member) {
    const { description, initial } = parseParamTag(member.text);
    doc.text = prose(description);
    const place = source.placeOf(member.offset, member.name.length + 1);
    if (initial !== undefined) doc.initial = { text: initial, place };
  } else doc.text = prose(comment.text);
  for (const tag of untilNextMember(comment.tags.slice(from + 1))) {
    const name = canonicalTagName(tag.name);
    const place = source.placeOf(tag.offset, tag.name.length + 1);
    if (constraintKeywords.has(name)) doc.constraints.push({ name, text: tag.text, place });
    else if (name === "description" && doc.text === "") doc.text = prose(tag.text);
    else refuseMistakenTag(tag.name, place, problems);
  }
  return doc;
}

function untilNextMember(tags: Tag[]): Tag[] {
  const next = tags.findIndex(({ name }) => ["property", "param", "returns"].includes(canonicalTagName(name)));
  return next === -1 ? tags : tags.slice(0, next);
}
