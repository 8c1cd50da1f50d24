/** Records that say nothing about the content of a file or its place: times, owners, attributes of some systems. */
const harmless = /^(?:[acm]time|[ug]id|[ug]name|comment|SCHILY\.(?:xattr\..+|fflags)|LIBARCHIVE\..+)$/;

/** A record of an extended header. Source: POSIX.1-2017, pax, "pax Extended Header". */
export function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const bytes = Buffer.byteLength(rest);
  // The length counts its own digits.
  let length = bytes + String(bytes).length;
  if (String(length).length > String(bytes).length) length += 1;
  return `${length}${rest}`;
}

/**
 * Reads the records of an extended header, and finds the path in them.
 *
 * What would change the size, the kind or the target of the entry is refused: readers do not agree about it.
 *
 * @returns `undefined` where the records name no path.
 * @throws Error that says what is wrong, in words that continue a sentence.
 */
export function paxPath(body: Buffer): string | undefined {
  const seen = new Set<string>();
  let path: string | undefined;
  for (let at = 0; at < body.byteLength;) {
    const space = body.indexOf(0x20, at);
    const digits = space === -1 ? "" : body.toString("latin1", at, space);
    const end = at + Number(digits);
    if (!/^[1-9][0-9]{0,5}$/.test(digits) || end > body.byteLength || end <= space + 1 || body[end - 1] !== 0x0a) {
      throw new Error("an extended header is damaged");
    }
    const record = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body.subarray(space + 1, end - 1));
    const equals = record.indexOf("=");
    const key = record.slice(0, Math.max(equals, 0));
    if (key !== "path" && !harmless.test(key)) throw new Error(`an extended header sets ${JSON.stringify(key)}`);
    if (seen.has(key)) throw new Error(`an extended header sets ${JSON.stringify(key)} twice`);
    seen.add(key);
    if (key === "path") path = record.slice(equals + 1);
    at = end;
  }
  return path;
}
