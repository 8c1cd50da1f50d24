import { format, parseISO } from "date-fns";

/** A number that was measured on a day. */
export interface DayValue {
  /** The day. @format date */
  date: string;
  /** What was measured. */
  value: number;
}

/** The values of one period, added up. */
export interface PeriodSum {
  /** The period, such as 2015-12, 2015-Q4 or 2015. */
  period: string;
  /** Sum of the values. */
  sum: number;
  /** Number of values. */
  count: number;
}

const patterns = { month: "yyyy-MM", quarter: "yyyy-'Q'Q", year: "yyyy" } as const;

/**
 * Add up daily values by month, quarter or year.
 * @param values - The daily values, in any order.
 * @param period - Length of a period.
 * @returns One entry per period that has values, earliest first.
 */
export function sumByPeriod(values: DayValue[], period: "month" | "quarter" | "year"): PeriodSum[] {
  const sums = new Map<string, PeriodSum>();
  for (const { date, value } of values) {
    const key = format(parseISO(date), patterns[period]);
    const entry = sums.get(key) ?? { period: key, sum: 0, count: 0 };
    entry.sum += value;
    entry.count += 1;
    sums.set(key, entry);
  }
  // Sums of decimal fractions end in dust such as 0.30000000000000004.
  for (const entry of sums.values()) entry.sum = Math.round(entry.sum * 1000) / 1000;
  return [...sums.values()].sort((a, b) => (a.period < b.period ? -1 : 1));
}
