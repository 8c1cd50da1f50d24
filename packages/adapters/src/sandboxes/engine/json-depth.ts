/**
 * How deeply a JSON text is nested: 0 for a text without arrays and objects.
 *
 * Reads brackets only, so it neither recurses nor builds anything: safe before `JSON.parse` of a hostile text.
 */
export function jsonDepth(json: string): number {
  let depth = 0;
  let deepest = 0;
  for (let index = 0; index < json.length; index += 1) {
    const code = json.charCodeAt(index);
    if (code === quote) {
      index = endOfString(json, index);
    } else if (code === openBracket || code === openBrace) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (code === closeBracket || code === closeBrace) {
      depth -= 1;
    }
  }
  return deepest;
}

/**
 * How many values a JSON text separates by commas, as far as `enough`.
 *
 * Reads commas only: safe before `JSON.parse` of a hostile text that is wide rather than deep.
 */
export function jsonParts(json: string, enough: number): number {
  let parts = 1;
  for (let index = 0; index < json.length && parts <= enough; index += 1) {
    const code = json.charCodeAt(index);
    if (code === quote) index = endOfString(json, index);
    else if (code === comma) parts += 1;
  }
  return parts;
}

/** The index of the quote that ends the string which begins at `start`; the end of the text when there is none. */
function endOfString(json: string, start: number): number {
  for (let end = json.indexOf('"', start + 1); end >= 0; end = json.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (json.charCodeAt(end - 1 - backslashes) === backslash) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return json.length;
}

const quote = 0x22;
const comma = 0x2c;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
