import { toolNamePattern } from "@smoltools/core";
import { PackageError } from "../errors/package-error.ts";
import { isFolderPath, readFolderPath } from "./folder-path.ts";
import { readHubAddress } from "./hub-address.ts";
import type { FolderRef, HubRef, Ref, RepoType } from "./ref.ts";
import { repoNameProblem } from "./repo-name.ts";
import { revisionNameProblem } from "./revision-name.ts";

/** Options of {@link parseRef}. */
export interface ParseRefOptions {
  /** The hub whose web addresses are refs too. @default "https://huggingface.co" */
  hubUrl?: string | undefined;
}

const prefixes: Readonly<Record<string, RepoType>> = { spaces: "space", models: "model", datasets: "dataset" };

/** Longest text that is taken for the ref of a repo, in characters. */
const maxLength = 512;

/**
 * Reads a ref: `[hf:][spaces/|models/|datasets/]owner/name[@range|@tag|@branch|@commit][#tool]`; `file:./folder`,
 * `./folder`, `../folder` or `/folder`, and the same for an archive `./package.tgz`; or the web address of a repo on
 * the hub, `https://huggingface.co/spaces/owner/name`.
 *
 * @throws PackageError `REF_INVALID` that says what a ref looks like.
 */
export function parseRef(text: string, options: ParseRefOptions = {}): Ref {
  // A control character has no place in a name, and would garble whatever prints it.
  if (/\p{Cc}/u.test(text)) throw invalid(text, "it holds control characters");
  if (isFolderPath(text)) return folderRef(text);
  if (text.length > maxLength) throw invalid(text, `it is longer than ${maxLength} characters`);
  if (/\s/.test(text)) throw invalid(text, "it holds white space");
  // What stands there may be a password: it is not repeated.
  if (/^https?:\/\/[^/]*@/i.test(text)) throw invalid("https://…@…", "it holds the name of a user or a token");
  const [named = "", tool, ...more] = text.split("#");
  if (more.length > 0) throw invalid(text, "it has more than one #");
  if (tool !== undefined && !toolNamePattern.test(tool)) throw invalid(text, `"${tool}" is not a tool name`);
  const isAddress = /^https?:\/\//i.test(named);
  const at = named.indexOf("@");
  const before = at === -1 ? named : named.slice(0, at);
  const address = isAddress ? readHubAddress(before, options.hubUrl ?? "https://huggingface.co") : { location: before };
  if (typeof address === "string") throw invalid(text, address);
  const revision = at === -1 ? address.revision : named.slice(at + 1);
  const problem = revision === undefined ? undefined : revisionProblem(revision);
  if (problem !== undefined) throw invalid(text, problem);
  return {
    ...repoOf(text, address.location),
    ...(revision !== undefined && { revision }),
    ...(tool !== undefined && { tool }),
  };
}

function repoOf(text: string, location: string): Pick<HubRef, "kind" | "repoType" | "repo"> {
  const segments = location.replace(/^hf:/, "").split("/");
  const prefix = segments.length === 3 ? (segments[0] ?? "") : "spaces";
  const repoType = Object.hasOwn(prefixes, prefix) ? prefixes[prefix] : undefined;
  if (repoType === undefined) {
    const plural = Object.hasOwn(prefixes, `${prefix}s`) ? `: write "${prefix}s/", in the plural` : "";
    throw invalid(text, `"${prefix}" is not a kind of repo${plural}`);
  }
  const repo = segments.slice(-2).join("/");
  const problem = segments.length === 2 || segments.length === 3 ? repoNameProblem(repo) : "it has no owner/name";
  if (problem !== undefined) throw invalid(text, problem);
  if (/\.(?:tgz|tar\.gz)$/i.test(repo))
    throw invalid(text, `a file is named by its path: write ./${segments.join("/")}`);
  return { kind: "hub", repoType, repo };
}

function revisionProblem(revision: string): string | undefined {
  if (/[\s#]|\p{Cc}/u.test(revision)) return `"${revision}" cannot be the name of a branch or tag`;
  return revisionNameProblem(revision);
}

/** A folder may be called anything; only what stands behind the last `#`, if it reads as a tool's name, is one. */
function folderRef(text: string): FolderRef {
  const [, location = "", tool] = /^(.*?)(?:#([a-zA-Z_][a-zA-Z0-9_]{0,62}))?$/s.exec(text) ?? [];
  const read = readFolderPath(location);
  if ("problem" in read) throw invalid(text, read.problem);
  return { kind: "folder", path: read.path, ...(tool !== undefined && { tool }) };
}

function invalid(text: string, why: string): PackageError {
  const shown = text.length > 120 ? `${text.slice(0, 100)}…` : text;
  return new PackageError(
    `${JSON.stringify(shown)} is not a ref: ${why}. A ref looks like owner/name, owner/name@^1.2, ` +
      "owner/name@v1.2.0#tool or ./folder",
    { code: "REF_INVALID", data: { ref: shown } },
  );
}
