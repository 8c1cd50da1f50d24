import stringWidth from "fast-string-width";
import { wrapAnsi } from "fast-wrap-ansi";

/** Least width of a column that is made narrower, in characters. */
const leastWidth = 8;
/** What stands between columns. */
const gap = "  ";

/**
 * Lines of a table whose columns stand under one another. Characters that take two places count two.
 *
 * @param rows - Rows of cells, without line ends.
 * @param width - Columns of the terminal. Where the table is wider, its widest columns are wrapped; where even that
 *   does not do, each row becomes a block of lines. Without it, a row is a line.
 */
export function table(rows: readonly (readonly string[])[], width: number = Infinity): string[] {
  const widths = fit(naturalWidths(rows), width);
  if (!widths) return rows.flatMap((row) => block(row, width));
  return rows.flatMap((row) => {
    const cells = row.map((cell, column) => wrap(cell, widths[column] ?? 0));
    const height = Math.max(1, ...cells.map((lines) => lines.length));
    return Array.from({ length: height }, (_, line) =>
      cells
        .map((lines, column) => pad(lines[line] ?? "", widths[column] ?? 0))
        .join(gap)
        .trimEnd(),
    );
  });
}

/** Fills a text up with spaces, to a width in places of the terminal. */
function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - stringWidth(text)));
}

/** Breaks a text into lines of a width, between words where that can be. */
function wrap(text: string, width: number): string[] {
  return stringWidth(text) <= width ? [text] : wrapAnsi(text, width, { hard: true }).split("\n");
}

function naturalWidths(rows: readonly (readonly string[])[]): number[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, stringWidth(cell));
  }
  return widths;
}

/** Takes from the widest columns until all fit. */
function fit(widths: readonly number[], width: number): number[] | undefined {
  const fitted = [...widths];
  let excess = fitted.reduce((sum, each) => sum + each, 0) + gap.length * Math.max(0, fitted.length - 1) - width;
  while (excess > 0) {
    const widest = Math.max(...fitted);
    if (widest <= leastWidth) return undefined;
    // Down to the next narrower column at once, however long a cell is.
    const column = fitted.indexOf(widest);
    const next = Math.max(leastWidth, ...fitted.filter((each) => each < widest));
    const step = Math.min(excess, Math.max(1, widest - Math.max(next, leastWidth)));
    fitted[column] = widest - step;
    excess -= step;
  }
  return fitted;
}

/** A row as a block: the first cell on a line of its own, the others below it. */
function block(row: readonly string[], width: number): string[] {
  return row.flatMap((cell, column) => {
    const indent = column === 0 ? "" : gap;
    return cell === "" ? [] : wrap(cell, Math.max(1, width - indent.length)).map((line) => indent + line);
  });
}
