import type { ts } from "ts-morph";
import type { TypeScript } from "./compiler/load-typescript.ts";
import { unmaskConstraintTags } from "./compiler/mask-constraint-tags.ts";
import type { DocSource, Place } from "./port.ts";
import { sourcePlace } from "./source-place.ts";

/** The comment that the compiler attaches to a declaration: the last JSDoc comment before it. */
export function docSource(ts: TypeScript, declaration: ts.Declaration): DocSource | undefined {
  if (ts.isJSDocPropertyLikeTag(declaration) || ts.isJSDocTypedefTag(declaration)) {
    const comment = ts.findAncestor<ts.JSDoc>(declaration, ts.isJSDoc);
    if (!comment) return undefined;
    return ofComment(comment, ts.isJSDocPropertyLikeTag(declaration) ? declaration.pos - comment.pos : undefined);
  }
  const comment = ts.getJSDocCommentsAndTags(declaration).findLast((part) => ts.isJSDoc(part));
  return comment && ofComment(comment, undefined);
}

function ofComment(comment: ts.JSDoc, tagOffset: number | undefined): DocSource {
  const file = comment.getSourceFile();
  return {
    comment: unmaskConstraintTags(file.text.slice(comment.pos, comment.end)),
    tagOffset,
    placeOf: (offset, length) => sourcePlace(file, comment.pos + offset, length),
  };
}

/**
 * Finds a JSDoc comment before a property that the compiler does not attach to it: one on the same line as the brace
 * or the property before.
 */
export function strayComment(ts: TypeScript, declaration: ts.Declaration): Place | undefined {
  const file = declaration.getSourceFile();
  const attached = new Set(ts.getJSDocCommentsAndTags(declaration).map(({ pos }) => pos));
  const stray = ts
    .getTrailingCommentRanges(file.text, declaration.pos)
    ?.find(({ pos }) => file.text.startsWith("/**", pos) && !attached.has(pos));
  return stray && sourcePlace(file, stray.pos, stray.end - stray.pos);
}
