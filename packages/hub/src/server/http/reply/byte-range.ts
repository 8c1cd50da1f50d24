import type { ByteRange } from "../../storage/hub-storage.ts";

/**
 * Reads a `Range` header (RFC 9110, section 14.2).
 *
 * @param header - Its value; several ranges, other units and what is malformed count as none, as the RFC allows.
 * @param size - Size of the file.
 * @returns The range cut to the file; `undefined`: the whole file; `"unsatisfiable"`: it starts behind the end.
 */
export function parseByteRange(header: string | undefined, size: number): ByteRange | "unsatisfiable" | undefined {
  const [, first = "", last = ""] = /^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/i.exec(header ?? "") ?? [];
  if (first === "" && last === "") return undefined;
  if (first === "") {
    const length = Math.min(Number(last), size);
    return length === 0 ? "unsatisfiable" : { start: size - length, end: size - 1 };
  }
  const start = Number(first);
  const end = last === "" ? Number.POSITIVE_INFINITY : Number(last);
  if (end < start) return undefined;
  return start >= size ? "unsatisfiable" : { start, end: Math.min(end, size - 1) };
}
