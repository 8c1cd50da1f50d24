import type { Output } from "./output.ts";
import { table } from "./table.ts";

/**
 * Prints lines of the result whose columns stand under one another.
 *
 * Where a terminal is too narrow for them, cells go over several lines; nothing is cut off, and nothing is wrapped where
 * a program reads.
 *
 * @param head - Names of the columns.
 */
export function showTable(
  out: Output,
  rows: readonly (readonly string[])[],
  { head }: { head?: readonly string[] } = {},
): void {
  const all = head ? [head.map((cell) => (cell === "" ? "" : out.style("bold", cell))), ...rows] : rows;
  for (const line of table(all, out.terminalWidth)) out.line(line);
}
