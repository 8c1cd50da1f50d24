/** Collects the cells of a table, and writes it as Markdown. */
export class TableCollector {
  readonly #rows: string[][] = [];

  /** Begins a row. */
  row(): void {
    this.#rows.push([]);
  }

  /** Adds a cell to the row. */
  cell(text: string): void {
    if (this.#rows.length === 0) this.row();
    this.#rows.at(-1)?.push(text);
  }

  /** The lines of a Markdown table; for a table of one column its cells, each on a line: it is a means of layout. */
  lines(): string[] {
    const rows = this.#rows.filter((row) => row.some((cell) => cell !== ""));
    const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
    if (width < 2) return rows.flat();
    const [head = [], ...body] = rows.map((row) => rowText(row));
    // Markdown knows no table without a head: the first row is it.
    return [head, `|${" --- |".repeat(rows[0]?.length ?? width)}`, ...body].flat();
  }

  /** The cells, each for itself: what the table turns out to be when a cell holds more than text. */
  cells(): string[] {
    return this.#rows.flat().filter((cell) => cell !== "");
  }
}

function rowText(cells: readonly string[]): string {
  return `|${cells.map((cell) => ` ${cell.replaceAll("|", "\\|")} |`).join("")}`;
}
