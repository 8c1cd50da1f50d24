/** Deeper than documents are nested. */
const maxDepth = 200;

/**
 * Copies a value made of JSON types, and gives up when it is too large: parsed YAML can hold a value many times over, and
 * would grow without end where it is written out.
 *
 * @param maxBytes - Most characters of keys and texts together, every other part counted as 8.
 * @throws Error that says what is wrong.
 */
export function boundedCopy(value: unknown, maxBytes: number): unknown {
  let left = maxBytes;
  const take = (size: number): void => {
    left -= size;
    if (left < 0) throw new Error(`it is larger than ${maxBytes} bytes (maxDocumentBytes)`);
  };
  const copy = (part: unknown, depth: number): unknown => {
    if (depth > maxDepth) throw new Error(`it is nested more than ${maxDepth} deep, or contains itself`);
    take(typeof part === "string" ? part.length : 8);
    if (Array.isArray(part)) return part.map((item) => copy(item, depth + 1));
    // YAML has dates, which JSON writes as texts.
    if (part instanceof Date) return part.toJSON();
    if (typeof part !== "object" || part === null) return part;
    return Object.fromEntries(
      Object.entries(part).map(([key, member]) => {
        take(key.length);
        return [key, copy(member, depth + 1)];
      }),
    );
  };
  return copy(value, 0);
}
