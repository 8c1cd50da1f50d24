/**
 * Says what is wrong with the name of a repo, by the rules that the Hugging Face Hub's own clients check.
 *
 * @param repo - `owner/name`.
 * @returns `undefined` for a good name.
 */
export function repoNameProblem(repo: string): string | undefined {
  const parts = repo.split("/");
  if (parts.length !== 2) return "a repo is named owner/name";
  for (const part of parts) {
    if (part === "") return "a repo is named owner/name";
    if (part.length > 96) return `"${part}" is longer than 96 characters`;
    if (!/^[A-Za-z0-9._-]+$/.test(part))
      return `"${part}" holds other characters than letters, digits, ".", "_" and "-"`;
    if (/^[-.]|[-.]$/.test(part)) return `"${part}" begins or ends with "-" or "."`;
    if (part.includes("--") || part.includes("..")) return `"${part}" holds "--" or ".."`;
    if (part.toLowerCase().endsWith(".git")) return `"${part}" ends with ".git"`;
  }
  return undefined;
}
