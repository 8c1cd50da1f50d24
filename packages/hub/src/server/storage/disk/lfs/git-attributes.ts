/** What a file's line says so that git-lfs puts the object where its pointer is. */
const lfsAttributes = "filter=lfs diff=lfs merge=lfs -text";

/**
 * Adds to a `.gitattributes` the lines without which `git clone` would leave the pointers of Git LFS files as they are.
 *
 * @param text - The file as it is; empty where there is none.
 * @param paths - The Git LFS files, from the root of the repo.
 * @returns `undefined` when it has them all.
 */
export function trackLfsFiles(text: string, paths: readonly string[]): string | undefined {
  const patterns = lfsPatterns(text);
  const missing = paths.filter((path) => !isTracked(patterns, path)).map((path) => `${pattern(path)} ${lfsAttributes}`);
  if (missing.length === 0) return undefined;
  const start = text === "" || text.endsWith("\n") ? text : `${text}\n`;
  return `${start}${missing.join("\n")}\n`;
}

function lfsPatterns(text: string): Set<string> {
  const lines = text.split("\n").map((line) => line.trim().split(/\s+/));
  return new Set(lines.filter((words) => words.includes("filter=lfs")).map(([first = ""]) => first));
}

/** Looks for the file itself and for its extension. Any other pattern may be one more line than is needed. */
function isTracked(patterns: ReadonlySet<string>, path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const extension = /\.[^.]+$/.exec(name)?.[0];
  return patterns.has(pattern(path)) || (extension !== undefined && patterns.has(`*${extension}`));
}

/** The `/` at the start keeps it from meaning files of that name in other folders. */
function pattern(path: string): string {
  return `/${path.replace(/[\\*?[]/g, String.raw`\$&`).replaceAll(" ", "[[:space:]]")}`;
}
