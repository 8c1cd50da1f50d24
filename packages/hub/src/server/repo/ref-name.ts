import { HubServerError } from "../hub-server-error.ts";

/** The branch that every repo has and that `HEAD` means. */
export const defaultBranch: string = "main";

/** Longest name of a branch or tag, in bytes of UTF-8. */
export const maxRefNameBytes: number = 200;

/**
 * Says what is wrong with the name of a branch or a tag, without `refs/heads/` or `refs/tags/`.
 *
 * The rules are those of `git check-ref-format`, and a name may not look like a commit id, `HEAD` or a full ref.
 *
 * @returns `undefined` for a good name, else the second half of a sentence.
 */
export function refNameProblem(name: string): string | undefined {
  if (name === "") return "is empty";
  if (Buffer.byteLength(name) > maxRefNameBytes) return `is longer than ${maxRefNameBytes} bytes`;
  if (/\p{Cs}/u.test(name)) return "is not well-formed Unicode";
  if (/[\p{Cc} ~^:?*[\\]/u.test(name)) return "has a space, a control character or one of ~ ^ : ? * [ \\";
  if (name.includes("..") || name.includes("@{") || name === "@") return "has '..' or '@{', or is '@'";
  for (const piece of name.split("/")) {
    if (piece === "") return "has an empty piece: '//' or a '/' at an end";
    if (piece.startsWith(".") || piece.endsWith(".") || piece.endsWith(".lock")) {
      return "has a piece that starts with '.', or ends with '.' or '.lock'";
    }
  }
  if (name.startsWith("-")) return "starts with '-'";
  if (name === "HEAD" || name.startsWith("refs/"))
    return "is not a short name: leave out 'refs/heads/' and 'refs/tags/'";
  if (/^[0-9a-f]{40}$/i.test(name)) return "looks like a commit id";
  return undefined;
}

/**
 * Makes sure that a branch or tag may have this name.
 *
 * @throws HubServerError `HUB_BAD_REQUEST` that names it and what is wrong with it.
 */
export function checkRefName(kind: "branch" | "tag", name: string): void {
  const problem = refNameProblem(name);
  if (problem) throw new HubServerError("HUB_BAD_REQUEST", `The ${kind} name ${JSON.stringify(name)} ${problem}.`);
}

/**
 * True when two names cannot both be used: they are the same, or one is a folder of the other.
 *
 * Git demands this within branches and within tags. The hub demands it across both, so that in an address such as
 * `tree/feat/x/src` only one ref can be meant.
 */
export function refNamesClash(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}
