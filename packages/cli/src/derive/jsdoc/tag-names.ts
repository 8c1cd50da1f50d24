import { constraintKeywords } from "./constraint-keywords.ts";

const aliases: ReadonlyMap<string, string> = new Map([
  ["arg", "param"],
  ["argument", "param"],
  ["return", "returns"],
  ["exception", "throws"],
  ["prop", "property"],
  ["desc", "description"],
]);

/** Tags that say something about a tool as a whole, or begin the text about one of its parts. */
const structural: ReadonlySet<string> = new Set(
  "param returns throws example permission annotation deprecated description property typedef".split(" "),
);

/** Tags of JSDoc, TSDoc and TypeScript that have a meaning elsewhere and none for a schema. */
const foreign: ReadonlySet<string> = new Set(
  `abstract access alias alpha async author beta borrows callback category class constant copyright
  decorator defaultValue enum event eventProperty experimental extends external file fileoverview fires function
  generator generic hideconstructor ignore implements import inheritDoc inner instance interface internal kind label
  license link listens memberof method mixin module name namespace overload override packageDocumentation private
  privateRemarks protected public readonly remarks requires satisfies sealed see since static summary template this
  todo tutorial type typeParam variation version virtual yields`.split(/\s+/),
);

/** Names that people write for a constraint, from other libraries or from memory. */
const mistaken: ReadonlyMap<string, string> = new Map([
  ["min", "minimum"],
  ["max", "maximum"],
  ["minLen", "minLength"],
  ["maxLen", "maxLength"],
  ["regex", "pattern"],
  ["regexp", "pattern"],
  ["defaultsTo", "default"],
  ["permissions", "permission"],
  ["annotations", "annotation"],
  ["params", "param"],
]);

/** The one name of a tag that has several. */
export function canonicalTagName(name: string): string {
  return aliases.get(name) ?? name;
}

/** True for tags that mean something for a tool. */
export function isOurTag(name: string): boolean {
  return structural.has(canonicalTagName(name)) || constraintKeywords.has(name);
}

/** True for tags that smoltools, JSDoc, TSDoc or TypeScript define. */
export function isKnownTag(name: string): boolean {
  return isOurTag(name) || foreign.has(name);
}

/**
 * The tag that was probably meant.
 *
 * @returns `undefined` for names that resemble none: they are text, or tags of somebody else.
 */
export function intendedTag(name: string): string | undefined {
  if (isKnownTag(name)) return undefined;
  const lower = name.toLowerCase();
  for (const [wrong, right] of mistaken) if (wrong.toLowerCase() === lower) return right;
  for (const keyword of [...constraintKeywords.keys(), ...structural]) {
    if (keyword.toLowerCase() === lower) return keyword;
    if (keyword.length >= 6 && isOneEditApart(keyword.toLowerCase(), lower)) return keyword;
  }
  return undefined;
}

/** One letter added, left out, replaced, or swapped with its neighbour. */
function isOneEditApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const middleA = a.slice(start, a.length - end);
  const middleB = b.slice(start, b.length - end);
  if (middleA.length <= 1 && middleB.length <= 1) return true;
  return middleA.length === 2 && middleA[0] === middleB[1] && middleA[1] === middleB[0];
}
