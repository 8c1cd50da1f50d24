import { literalLine } from "@smoltools/core";

/** A result as a person reads it: lines, or a table with its head. */
export type Readable = { lines: string[] } | { head: string[]; rows: string[][] };

/** Most columns of a table: wider ones are read as JSON. */
const maxColumns = 12;

/** How a result is shown to a person: a list of records as a table, flat values as lines, everything else as JSON. */
export function readable(value: unknown): Readable {
  if (value === undefined || value === null) return { lines: [] };
  if (typeof value === "string") return { lines: [value] };
  if (isScalar(value)) return { lines: [String(value)] };
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    if (items.length > 0 && items.every(isScalar)) return { lines: items.map(cell) };
    const records = items.filter(isFlatRecord);
    const head = [...new Set(records.flatMap((record) => Object.keys(record)))];
    if (records.length > 0 && records.length === items.length && head.length <= maxColumns) {
      return { head: head.map(literalLine), rows: records.map((record) => head.map((key) => cell(record[key]))) };
    }
  } else if (isFlatRecord(value) && Object.keys(value).length > 0) {
    const width = Math.max(...Object.keys(value).map((key) => literalLine(key).length));
    return { lines: Object.entries(value).map(([key, one]) => `${literalLine(key).padEnd(width)}  ${cell(one)}`) };
  }
  return { lines: [JSON.stringify(value, null, 2)] };
}

function cell(value: unknown): string {
  return value === undefined || value === null ? "" : literalLine(String(value));
}

function isScalar(value: unknown): boolean {
  return value === null || (typeof value !== "object" && typeof value !== "undefined");
}

function isFlatRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.values(value).every(isScalar);
}
