const units: readonly [seconds: number, name: Intl.RelativeTimeFormatUnit][] = [
  [365 * 86_400, "year"],
  [30 * 86_400, "month"],
  [7 * 86_400, "week"],
  [86_400, "day"],
  [3600, "hour"],
  [60, "minute"],
];

/**
 * How long ago something was: `3 days ago`, `yesterday`, `now`.
 *
 * @param time - ISO 8601. What is no time gives an empty text.
 */
export function ageText(time: string, now: number = Date.now()): string {
  const seconds = (now - Date.parse(time)) / 1000;
  if (Number.isNaN(seconds)) return "";
  const [size, unit] = units.find(([least]) => Math.abs(seconds) >= least) ?? [1, undefined];
  if (unit === undefined) return "now";
  return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(-Math.trunc(seconds / size), unit);
}
