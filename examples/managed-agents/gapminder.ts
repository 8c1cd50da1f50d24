import { readFileSync } from "node:fs";

/** A country in a year. */
interface Row {
  year: number;
  country: string;
  life_expect: number;
  fertility: number;
}

// The package exports its code alone; the data lies beside it.
const file = new URL("../data/gapminder.json", import.meta.resolve("vega-datasets"));

/** Countries from 1955 to 2005, every five years: what Gapminder collected, as `vega-datasets` carries it. */
export const rows: readonly Row[] = JSON.parse(readFileSync(file, "utf8")) as Row[];

/** How much a column changed in a country over the whole time. */
export function changeOf(column: "life_expect" | "fertility", country: string): number {
  const at = (year: number) => rows.find((row) => row.year === year && row.country === country)?.[column] ?? Number.NaN;
  return Math.round((at(2005) - at(1955)) * 100) / 100;
}
