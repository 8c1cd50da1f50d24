import type { Row } from "./row.ts";

/** How a cost grows with one number of its metric. */
interface Growth {
  /** The metric with `N` in place of the number. */
  metric: string;
  unit: string;
  /** From the smallest number to the largest. */
  points: { input: number; cost: number }[];
  /** The power of the number with which the cost grows from first to last: 0 is flat, 1 is in proportion. */
  power: number;
}

/** Metrics that differ in one number alone, joined. */
export function growthOf(rows: readonly Row[]): Growth[] {
  const series = new Map<string, Growth>();
  for (const { metric, unit, ours } of rows) {
    for (const match of metric.matchAll(/(?<![\w.])\d[\d,]*(?![\w.]*\w)/g)) {
      const rest = metric.slice(match.index + match[0].length).replace(/^ tool\b/, " tools");
      const name = `${metric.slice(0, match.index)}N${rest}`;
      const key = `${name} ${unit}`;
      const one = series.get(key) ?? { metric: name, unit, points: [], power: 0 };
      const input = Number(match[0].replaceAll(",", ""));
      if (!one.points.some((point) => point.input === input)) one.points.push({ input, cost: ours });
      series.set(key, one);
    }
  }
  const grown = [...series.values()].filter(({ points }) => points.length > 1);
  for (const one of grown) {
    one.points.sort((a, b) => a.input - b.input);
    const [first, last] = [one.points[0], one.points.at(-1)];
    if (first && last) one.power = Math.log(last.cost / first.cost) / Math.log(last.input / first.input);
  }
  return grown.filter(({ unit, power }) => unit !== "%" && Number.isFinite(power));
}
