import { matchesGlob, parseGlob, type Glob, type Work } from "./ignore-glob.ts";

/** One line of a `.gitignore`. */
interface Rule {
  glob: Glob;
  /** It takes back what rules before it said. */
  isNegated: boolean;
  /** It is about folders, and what is in them. */
  foldersOnly: boolean;
  /** Its path starts at the root; else it is about names, wherever they are. */
  isAnchored: boolean;
}

/**
 * The rules of a `.gitignore` at the root of a repo.
 *
 * Libraries make regular expressions of such rules, which take exponential time on some names. The rules are whoever's
 * sends a commit, so here every rule takes time that grows with its length and that of the path.
 *
 * Source: gitignore(5), "PATTERN FORMAT".
 */
export class IgnoreRules {
  readonly #rules: readonly Rule[];

  /** @param text - Of the file. */
  constructor(text: string) {
    const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
    this.#rules = lines.map(parseRule).filter((rule) => rule !== undefined);
  }

  /**
   * Tells whether a file is left out: by a rule for it, or for a folder that it is in.
   *
   * @param path - From the root, with `/` between the names.
   * @param work - Counts the steps.
   */
  ignores(path: string, work: Work): boolean {
    const names = path.split("/");
    // What is in an ignored folder cannot be taken back, whatever later rules say.
    return names.some((_name, index) => this.#decides(names.slice(0, index + 1), index + 1 < names.length, work));
  }

  #decides(names: readonly string[], isFolder: boolean, work: Work): boolean {
    const last = this.#rules.findLast(({ glob, isAnchored, foldersOnly }) => {
      if (foldersOnly && !isFolder) return false;
      return matchesGlob(glob, isAnchored ? names : names.slice(-1), work);
    });
    return last !== undefined && !last.isNegated;
  }
}

function parseRule(line: string): Rule | undefined {
  // A space at the end counts only behind a backslash.
  let text = line.replace(/(?<=(?<!\\)(?:\\\\)*(?:\\ )?) +$/, "");
  if (text === "" || text.startsWith("#")) return undefined;
  const isNegated = text.startsWith("!");
  if (isNegated) text = text.slice(1);
  const foldersOnly = text.endsWith("/");
  if (foldersOnly) text = text.slice(0, -1);
  const isAnchored = text.includes("/");
  const glob = parseGlob(text.replace(/^\//, ""), isAnchored);
  return glob && { glob, isNegated, foldersOnly, isAnchored };
}
