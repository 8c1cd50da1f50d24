/** What a JSON text stands for, as far as can be told without building anything. */
export interface JsonShape {
  /** How deeply it is nested: 0 without arrays and objects. */
  depth: number;
  /**
   * How many bytes its value takes about, once it is there. Many small parts take much more than their text does, and
   * much longer: eight megabytes of `[],[],[]` half a second.
   */
  weight: number;
}

const valueBytes = 8;
const containerBytes = 56;
const memberBytes = 96;

/** Reads the shape of a JSON text. It neither recurses nor builds anything: safe before `JSON.parse` of a hostile text. */
export function jsonShape(json: string): JsonShape {
  let depth = 0;
  let deepest = 0;
  let weight = json.length;
  for (let index = 0; index < json.length; index += 1) {
    const code = json.charCodeAt(index);
    if (code === quote) {
      index = endOfString(json, index);
    } else if (code === comma) {
      weight += valueBytes;
    } else if (code === colon) {
      weight += memberBytes;
    } else if (code === openBracket || code === openBrace) {
      weight += containerBytes;
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (code === closeBracket || code === closeBrace) {
      depth -= 1;
    }
  }
  return { depth: deepest, weight };
}

/**
 * Whether a JSON text is nested no deeper than so many levels and made of no more than so many values.
 *
 * Stops where it is more: safe and soon done before `JSON.parse` of a hostile text, deep or wide.
 */
export function isSmall(json: string, maxDepth: number, maxParts: number): boolean {
  let depth = 0;
  let parts = 1;
  for (let index = 0; index < json.length; index += 1) {
    const code = json.charCodeAt(index);
    if (code === quote) {
      index = endOfString(json, index);
    } else if (code === comma) {
      parts += 1;
    } else if (code === openBracket || code === openBrace) {
      depth += 1;
      parts += 1;
    } else if (code === closeBracket || code === closeBrace) {
      depth -= 1;
    }
    if (depth > maxDepth || parts > maxParts) return false;
  }
  return true;
}

/**
 * The index of the quote that ends the string which begins at `start`; the end of the text when there is none.
 *
 * Short distances are gone character by character: a search for each of millions of quotes takes ten times as long.
 */
function endOfString(json: string, start: number): number {
  for (let at = start + 1; at < json.length;) {
    for (const near = Math.min(at + nearby, json.length); at < near;) {
      const code = json.charCodeAt(at);
      if (code === quote) return at;
      at += code === backslash ? 2 : 1;
    }
    const end = json.indexOf('"', at);
    if (end < 0) break;
    let backslashes = 0;
    while (end - 1 - backslashes >= at && json.charCodeAt(end - 1 - backslashes) === backslash) backslashes += 1;
    if (backslashes % 2 === 0) return end;
    at = end + 1;
  }
  return json.length;
}

/** So many characters are a short distance. */
const nearby = 64;
const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
