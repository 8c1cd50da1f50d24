import { HubServerError } from "../hub-server-error.ts";

/** The kinds of repos of a hub. */
export type RepoType = "model" | "dataset" | "space";

/** What names a repo. */
export interface RepoKey {
  type: RepoType;
  namespace: string;
  name: string;
}

/** The part of an address that stands for a type of repos, and the type. */
export const repoTypes: ReadonlyMap<string, RepoType> = new Map([
  ["models", "model"],
  ["datasets", "dataset"],
  ["spaces", "space"],
]);

/**
 * First parts of addresses, and the one that stands for every private repo in the release log: a namespace of such a name
 * could not be told from them.
 */
const reservedNamespaces: ReadonlySet<string> = new Set(["api", "models", "datasets", "spaces", "private"]);

/** Longest namespace and longest name. `namespace/name` together have at most 96 characters. */
const maxIdLength = 96;

/** `namespace/name`. */
export function repoId(key: RepoKey): string {
  return `${key.namespace}/${key.name}`;
}

/** The address of a repo below the base of a hub: `ns/name` for models, else `spaces/ns/name`. */
export function repoPath(key: RepoKey): string {
  return key.type === "model" ? repoId(key) : `${key.type}s/${repoId(key)}`;
}

/**
 * Says what is wrong with a namespace or with a repo's name.
 *
 * The rules are those of the official clients: letters, digits, `.`, `_` and `-`; no `.` or `-` at either end; no
 * `--`, no `..`; no `.git` at the end.
 *
 * @returns `undefined` for a good one.
 */
export function repoNameProblem(name: string): string | undefined {
  if (name.length === 0 || name.length > maxIdLength) return `must have 1 to ${maxIdLength} characters`;
  if (!/^[A-Za-z0-9._-]+$/.test(name)) return "may have letters, digits, '.', '_' and '-' only";
  if (/^[.-]|[.-]$/.test(name)) return "may not start or end with '.' or '-'";
  if (name.includes("--") || name.includes("..")) return "may not have '--' or '..' in it";
  if (/\.git$/i.test(name)) return "may not end with '.git'";
  return undefined;
}

/**
 * Says what is wrong with a namespace: the rules of {@link repoNameProblem}, and it must not be the start of an address.
 *
 * @returns `undefined` for a good one.
 */
export function namespaceProblem(namespace: string): string | undefined {
  if (reservedNamespaces.has(namespace.toLowerCase())) return "is a reserved word";
  return repoNameProblem(namespace);
}

/**
 * Makes sure that a key can be a repo's.
 *
 * @throws HubServerError `HUB_BAD_REQUEST` that says which part is wrong and why.
 */
export function checkRepoKey(key: RepoKey): void {
  const problems: [string, string, string | undefined][] = [
    ["namespace", key.namespace, namespaceProblem(key.namespace)],
    ["repo name", key.name, repoNameProblem(key.name)],
  ];
  for (const [what, text, problem] of problems) {
    if (problem) throw new HubServerError("HUB_BAD_REQUEST", `The ${what} ${JSON.stringify(text)} ${problem}.`);
  }
  if (repoId(key).length > maxIdLength) {
    throw new HubServerError("HUB_BAD_REQUEST", `A repo id has at most ${maxIdLength} characters: ${repoId(key)}.`);
  }
}
