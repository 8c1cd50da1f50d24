import type { Problem } from "./problem.ts";

/** Longest part of a source line that is shown. */
const maxWidth = 160;

/**
 * A problem for a person: `file:line:column  CODE message`, the line of source with the place underlined, and the fix.
 *
 * @param sourceText - The text of the file that the problem names.
 */
export function formatProblem(problem: Problem, sourceText: string): string {
  const { file, line, column, length, code, message, fix } = problem;
  const head = `${file}:${line}:${column}  ${code} ${message}`;
  const source = sourceText.split("\n")[line - 1]?.trimEnd();
  if (source === undefined) return `${head}\n  fix: ${fix}`;
  // Of a long line, what stands around the place.
  const from = column - 1 > maxWidth - 40 ? column - 41 : 0;
  const shown = source.slice(from, from + maxWidth);
  const gutter = String(line).length;
  const offset = column - 1 - from;
  // Tabs are kept, so that the underline stands below the place however wide they are shown.
  const indent = shown.slice(0, offset).replace(/[^\t]/g, " ").padEnd(offset);
  const underline = "^".repeat(Math.max(1, Math.min(length, shown.length - offset)));
  return [
    head,
    `  ${line} | ${shown}`,
    `  ${" ".repeat(gutter)} | ${indent}${underline}`,
    `  ${" ".repeat(gutter)} = fix: ${fix}`,
  ].join("\n");
}
