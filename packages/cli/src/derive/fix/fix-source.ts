import type { Place } from "../engine/port.ts";
import type { Problem } from "../problems/problem.ts";
import { commentEdit } from "./comment-edit.ts";
import type { Edit } from "./edit.ts";
import { moveEdit } from "./move-edit.ts";
import { SourceText } from "./source-text.ts";

/** What became of a source. */
export interface FixedSource {
  text: string;
  /** The problems for which something was written. Words such as descriptions are still the author's to write. */
  fixed: Problem[];
  left: Problem[];
}

/**
 * Writes what the author of a source need not think about: the `@param` lines that are missing, in the order of the
 * parameters, a missing `@returns`, a comment above a function that has none, and comments on the line of a `{` above
 * the property that they are about.
 *
 * Where words are missing, the line says `TODO: …`, which counts as no description: a tool is not published with it.
 * Every other byte stays. Doing it again changes nothing.
 *
 * @param source - The text that the problems were found in.
 * @param problems - As `deriveSource` found them: problems, warnings, or both. Those of other files are left.
 */
export function fixSource(source: string, problems: readonly Problem[]): FixedSource {
  const text = new SourceText(source);
  const edits: Edit[] = [];
  const fixed = new Set<Problem>();
  for (const group of byComment(problems)) {
    const [first] = group;
    const edit =
      first?.repair?.kind === "move"
        ? moveEdit(first.repair, text)
        : commentEdit(
            group.flatMap(({ repair }) => (repair?.kind === "tag" ? [repair] : [])),
            text,
          );
    if (!edit || edits.some((other) => other.start <= edit.end && edit.start <= other.end)) continue;
    edits.push(edit);
    for (const problem of group) fixed.add(problem);
  }
  return {
    text: text.with(edits),
    fixed: problems.filter((problem) => fixed.has(problem)),
    left: problems.filter((problem) => !fixed.has(problem)),
  };
}

/** The problems that can be mended, those of one comment together. */
function byComment(problems: readonly Problem[]): Problem[][] {
  const groups = new Map<string, Problem[]>();
  for (const problem of problems) {
    const { repair } = problem;
    if (!repair) continue;
    const place: Place = repair.kind === "move" ? repair.comment : repair.home;
    const key = `${repair.kind} ${place.file}:${place.line}:${place.column}`;
    groups.set(key, [...(groups.get(key) ?? []), problem]);
  }
  return [...groups.values()];
}
