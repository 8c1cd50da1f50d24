import Papa from "papaparse";

/**
 * Parse CSV text with a header line into rows.
 * @param text - The CSV text, header line first.
 * @param delimiter - Character between the fields; detected when absent.
 * @param columns - Names of the columns to keep; all of them when absent.
 * @returns One object per line, keyed by the names in the header.
 */
export function parseCsv(text: string, delimiter?: string, columns?: string[]): Record<string, string>[] {
  const { data, errors } = Papa.parse<Record<string, string>>(text.trim(), {
    header: true,
    skipEmptyLines: true,
    ...(delimiter !== undefined && { delimiter }),
  });
  // A file of one column has no delimiter to detect; that is no fault of the file.
  const problem = errors.find(({ code }) => code !== "UndetectableDelimiter");
  if (problem) throw new Error(`line ${(problem.row ?? 0) + 2}: ${problem.message}`);
  if (!columns) return data;
  return data.map((row) => Object.fromEntries(columns.map((name) => [name, row[name] ?? ""])));
}
