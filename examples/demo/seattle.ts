import { readFileSync } from "node:fs";

/** The wettest month of one year. */
export interface WettestMonth {
  year: string;
  month: string;
  millimetres: number;
}

/** Daily weather of Seattle from 2012 to 2015, as the npm package `vega-datasets` carries it. */
export function seattleWeatherCsv(): string {
  // The package exports its code alone; the data lies beside it.
  const build = import.meta.resolve("vega-datasets");
  return readFileSync(new URL("../data/seattle-weather.csv", build), "utf8");
}

/** The answer, computed with nothing but string functions: what the agent's answer is checked against. */
export function wettestMonths(csv: string): WettestMonth[] {
  const [header = "", ...lines] = csv.trim().split(/\r?\n/);
  const rain = header.split(",").indexOf("precipitation");
  const months = new Map<string, number>();
  for (const line of lines) {
    const fields = line.split(",");
    const month = (fields[0] ?? "").slice(0, 7);
    months.set(month, (months.get(month) ?? 0) + Number(fields[rain]));
  }
  const years = [...new Set([...months.keys()].map((month) => month.slice(0, 4)))].sort();
  return years.map((year) => {
    const ofYear = [...months].filter(([month]) => month.startsWith(year));
    const [month, sum] = ofYear.reduce((best, entry) => (entry[1] > best[1] ? entry : best));
    return { year, month, millimetres: Math.round(sum * 10) / 10 };
  });
}
