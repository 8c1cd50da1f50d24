/** Counts the steps of a search, and ends one that takes too many. */
export interface Work {
  /** @throws when it was enough. */
  step(): void;
}

/** What one character of a name is held against; `any` takes any number of them. */
type Piece = "any" | { ranges: readonly (readonly [low: string, high: string])[]; isNegated: boolean };

/** A pattern for a path: one list for each name; `folders` takes any number of them. */
export type Glob = readonly (readonly Piece[] | "folders")[];

const anything: Piece = { ranges: [], isNegated: true };

/**
 * Reads a pattern with `*`, `?`, `[a-z]` and, for paths, `**`.
 *
 * @param isPath - `/` stands between names; else the pattern is for one name.
 * @returns `undefined` for one that matches nothing, such as one with a `[` that nothing ends.
 */
export function parseGlob(text: string, isPath: boolean): Glob | undefined {
  const names = isPath ? text.split("/") : [text];
  const glob: (readonly Piece[] | "folders")[] = [];
  for (const [index, name] of names.entries()) {
    if (name === "**" && isPath) {
      if (glob.at(-1) !== "folders") glob.push("folders");
      // Behind the last "/" it stands for what is in the folder, and not for the folder.
      if (index === names.length - 1) glob.push(["any"]);
      continue;
    }
    const pieces = parseName(name);
    if (!pieces) return undefined;
    glob.push(pieces);
  }
  return glob;
}

/** Tells whether a pattern fits a whole path. The time grows with the product of both lengths at most. */
export function matchesGlob(glob: Glob, names: readonly string[], work: Work): boolean {
  return fits(glob, names, "folders", (pieces, name) => fits(pieces, name, "any", matchesCharacter, work), work);
}

/**
 * Fits a list of patterns to a list of items. After a wildcard the last one alone is ever made longer: what a wildcard
 * before it could take instead, the last one can take too.
 */
function fits<Pattern, Item>(
  patterns: ArrayLike<Pattern>,
  items: ArrayLike<Item>,
  wildcard: Pattern,
  matches: (pattern: Exclude<Pattern, string>, item: Item) => boolean,
  work: Work,
): boolean {
  let [at, item] = [0, 0];
  let again: { at: number; item: number } | undefined;
  for (;;) {
    work.step();
    const pattern = patterns[at];
    if (at < patterns.length && pattern === wildcard) {
      at += 1;
      again = { at, item };
      continue;
    }
    if (item === items.length) return at === patterns.length;
    if (at < patterns.length && matches(pattern as Exclude<Pattern, string>, items[item] as Item)) {
      at += 1;
      item += 1;
      continue;
    }
    if (!again) return false;
    again.item += 1;
    ({ at, item } = again);
  }
}

function matchesCharacter({ ranges, isNegated }: Exclude<Piece, "any">, character: string): boolean {
  return ranges.some(([low, high]) => low <= character && character <= high) !== isNegated;
}

function parseName(name: string): Piece[] | undefined {
  const pieces: Piece[] = [];
  for (let at = 0; at < name.length; at++) {
    const character = name[at] ?? "";
    if (character === "*") {
      if (pieces.at(-1) !== "any") pieces.push("any");
    } else if (character === "?") pieces.push(anything);
    else if (character === "[") {
      const set = parseSet(name, at + 1);
      if (!set) return undefined;
      pieces.push(set.piece);
      at = set.end;
    } else {
      const literal = character === "\\" ? name[++at] : character;
      if (literal === undefined) return undefined;
      pieces.push({ ranges: [[literal, literal]], isNegated: false });
    }
  }
  return pieces;
}

/** What stands in brackets, from behind the first of them; and where it ends. */
function parseSet(name: string, start: number): { piece: Piece; end: number } | undefined {
  const ranges: [string, string][] = [];
  const isNegated = name[start] === "!" || name[start] === "^";
  const first = isNegated ? start + 1 : start;
  for (let at = first; at < name.length; at++) {
    if (name[at] === "]" && at > first) return { piece: { ranges, isNegated }, end: at };
    const [whole = "", kind = ""] = /^\[:([a-z]+):\]/.exec(name.slice(at, at + 12)) ?? [];
    if (whole !== "") {
      const known = classes.get(kind);
      if (!known) return undefined;
      ranges.push(...known);
      at += whole.length - 1;
      continue;
    }
    if (name[at] === "\\") at += 1;
    const low = name[at] ?? "";
    const isRange = name[at + 1] === "-" && name[at + 2] !== undefined && name[at + 2] !== "]";
    if (isRange) at += name[at + 2] === "\\" ? 3 : 2;
    ranges.push([low, name[at] ?? ""]);
  }
  return undefined;
}

const upper: [string, string] = ["A", "Z"];
const lower: [string, string] = ["a", "z"];
const digit: [string, string] = ["0", "9"];

/** The classes of POSIX, in ASCII as git has them. */
const classes: ReadonlyMap<string, readonly [string, string][]> = new Map([
  ["alnum", [upper, lower, digit]],
  ["alpha", [upper, lower]],
  [
    "blank",
    [
      [" ", " "],
      ["\t", "\t"],
    ],
  ],
  [
    "cntrl",
    [
      ["\0", "\x1f"],
      ["\x7f", "\x7f"],
    ],
  ],
  ["digit", [digit]],
  ["graph", [["!", "~"]]],
  ["lower", [lower]],
  ["print", [[" ", "~"]]],
  [
    "punct",
    [
      ["!", "/"],
      [":", "@"],
      ["[", "`"],
      ["{", "~"],
    ],
  ],
  [
    "space",
    [
      ["\t", "\r"],
      [" ", " "],
    ],
  ],
  ["upper", [upper]],
  ["xdigit", [["A", "F"], ["a", "f"], digit]],
]);
