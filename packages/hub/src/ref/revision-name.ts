import validRange from "semver/ranges/valid.js";

/**
 * Says what is wrong with a revision: what stands behind `@` in a ref.
 *
 * Version ranges pass, and whatever git allows as the name of a branch or tag (git-check-ref-format). Everything else
 * is refused here, because names of revisions become parts of paths: in the cache and in addresses.
 *
 * @returns `undefined` for a good revision.
 */
export function revisionNameProblem(revision: string): string | undefined {
  if (revision === "") return "there is nothing behind @";
  if (validRange(revision) !== null) return undefined;
  if (/[\^~:?*[\\]|\.\.|@\{|\/\/|\.lock(?:\/|$)/.test(revision))
    return `"${revision}" cannot be the name of a branch or tag`;
  const badEdge = revision.split("/").some((part) => part === "" || part.startsWith(".") || part.endsWith("."));
  return badEdge || revision.startsWith("-") ? `"${revision}" cannot be the name of a branch or tag` : undefined;
}
