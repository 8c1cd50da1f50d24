import git, { type PromiseFsClient } from "isomorphic-git";

/**
 * Finds the paths that a `.gitignore` at the root of a repo leaves out.
 *
 * @param rules - Its text.
 * @param paths - Paths of files, relative to the root.
 */
export async function ignoredPaths(rules: string, paths: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>();
  if (rules.trim() === "") return found;
  const fs = folderWithRules(rules);
  for (const filepath of paths) {
    if (await git.isIgnored({ fs, dir: "/repo", gitdir: "/repo/.git", filepath })) found.add(filepath);
  }
  return found;
}

/** A folder that exists in memory only, as far as isomorphic-git looks at it: one file. */
function folderWithRules(rules: string): PromiseFsClient {
  const missing = () => Promise.reject(Object.assign(new Error("There is no such file."), { code: "ENOENT" }));
  const promises = {
    readFile: (path: string) => (path === "/repo/.gitignore" ? Promise.resolve(rules) : missing()),
    writeFile: missing,
    unlink: missing,
    readdir: missing,
    mkdir: missing,
    rmdir: missing,
    stat: missing,
    lstat: missing,
    readlink: missing,
    symlink: missing,
  };
  return { promises };
}
