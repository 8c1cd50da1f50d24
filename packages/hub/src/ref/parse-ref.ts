import { toolNamePattern } from "@smoltools/core";
import { PackageError } from "../errors/package-error.ts";
import type { FolderRef, Ref, RepoType } from "./ref.ts";
import { repoNameProblem } from "./repo-name.ts";
import { revisionNameProblem } from "./revision-name.ts";

const prefixes: Record<string, RepoType> = { spaces: "space", models: "model", datasets: "dataset" };

/** Longest text that is taken for a ref, in characters. */
const maxLength = 512;

/**
 * Reads a ref: `[hf:][spaces/|models/|datasets/]owner/name[@range|@tag|@branch|@commit][#tool]`, `file:./folder`,
 * `./folder`, `../folder` or `/folder`.
 *
 * @throws PackageError `REF_INVALID` that says what a ref looks like.
 */
export function parseRef(text: string): Ref {
  if (text.length > maxLength) throw invalid(text.slice(0, 40), `it is longer than ${maxLength} characters`);
  // A control character has no place in a name, and would garble whatever prints it.
  if (/\p{Cc}/u.test(text)) throw invalid(text, "it holds control characters");
  if (isFolder(text)) return folderRef(text);
  if (/\s/.test(text)) throw invalid(text, "it holds white space");
  const [location = "", tool, ...more] = text.split("#");
  if (more.length > 0) throw invalid(text, "it has more than one #");
  if (tool !== undefined && !toolNamePattern.test(tool)) throw invalid(text, `"${tool}" is not a tool name`);
  const named = tool === undefined ? {} : { tool };
  const at = location.indexOf("@");
  const revision = at === -1 ? undefined : location.slice(at + 1);
  const revisionProblem = revision === undefined ? undefined : revisionNameProblem(revision);
  if (revisionProblem !== undefined) throw invalid(text, revisionProblem);
  const segments = location
    .slice(0, at === -1 ? undefined : at)
    .replace(/^hf:/, "")
    .split("/");
  const type = segments.length === 3 ? prefixes[segments[0] ?? ""] : "space";
  if (segments.length === 3 && type === undefined && segments[0] !== undefined) {
    const plural = prefixes[`${segments[0]}s`] ? `: write "${segments[0]}s/", in the plural` : "";
    throw invalid(text, `"${segments[0]}" is not a kind of repo${plural}`);
  }
  const repo = segments.slice(-2).join("/");
  const problem = segments.length < 2 || segments.length > 3 ? "it has no owner/name" : repoNameProblem(repo);
  if (type === undefined || problem !== undefined) throw invalid(text, problem ?? "it has no owner/name");
  return { kind: "hub", repoType: type, repo, ...(revision !== undefined && { revision }), ...named };
}

function isFolder(text: string): boolean {
  return /^(?:file:|\.{1,2}(?:[/\\#]|$)|\/|[A-Za-z]:[/\\])/.test(text);
}

/** A folder may be called anything; only what stands behind the last `#`, if it reads as a tool's name, is one. */
function folderRef(text: string): FolderRef {
  const [, path = "", tool] = /^(.*?)(?:#([a-zA-Z_][a-zA-Z0-9_]{0,62}))?$/s.exec(text.replace(/^file:/, "")) ?? [];
  if (path === "") throw invalid(text, "it names no folder");
  return { kind: "folder", path, ...(tool !== undefined && { tool }) };
}

function invalid(text: string, why: string): PackageError {
  return new PackageError(
    `${JSON.stringify(text)} is not a ref: ${why}. A ref looks like owner/name, owner/name@^1.2, ` +
      "owner/name@v1.2.0#tool or ./folder",
    { code: "REF_INVALID", data: { ref: text } },
  );
}
