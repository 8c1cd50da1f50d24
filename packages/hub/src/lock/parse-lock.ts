import { errorMessage, findingsText, isSmoltoolsError, type JsonSchema, SchemaValidator } from "@smoltools/core";
import valid from "semver/functions/valid.js";
import { LockError } from "../errors/lock-error.ts";
import { isCommandLine } from "../manifest/command-line.ts";
import { permissionProblem } from "../manifest/permission-problem.ts";
import { permissionKinds } from "../manifest/permissions.ts";
import { parseRef } from "../ref/parse-ref.ts";
import { formatRef } from "../ref/ref.ts";
import { parseStrictJson } from "../shared/parse-strict-json.ts";
import { contradiction } from "./contradiction.ts";
import type { LockData, LockEntry } from "./lock-data.ts";

const texts: JsonSchema = { type: "array", items: { type: "string" } };
const hash: JsonSchema = { type: "string", pattern: "^sha512-[A-Za-z0-9+/]{86}==$" };

/** The form of a lock file, lockfileVersion 1. Members that a later minor version adds are let through. */
const lockSchema: JsonSchema = {
  type: "object",
  properties: {
    lockfileVersion: { const: 1 },
    packages: {
      type: "object",
      additionalProperties: {
        type: "object",
        properties: {
          hub: { type: "string", pattern: "^https?://[^/\\s]+" },
          repoType: { enum: ["space", "model", "dataset"] },
          repo: { type: "string" },
          kind: { type: "string" },
          version: { type: "string" },
          commit: { type: "string", pattern: "^[0-9a-f]{40}$" },
          integrity: hash,
          permissions: {
            type: "object",
            properties: { net: texts, env: texts, read: texts, write: texts, run: texts },
            required: ["net", "env", "read", "write", "run"],
          },
          declarations: hash,
          signedBy: { type: "string" },
        },
        required: ["hub", "repoType", "repo", "commit", "integrity", "permissions", "declarations"],
      },
    },
    sources: { type: "object", additionalProperties: { type: "object", additionalProperties: hash } },
  },
  required: ["lockfileVersion", "packages"],
};

let validator: SchemaValidator | undefined;

/**
 * Reads the text of a lock file, and believes it only if all of it can be true.
 *
 * @param path - Of the file, for messages.
 * @throws LockError `LOCK_INVALID` that says what is wrong, and the way out.
 */
export function parseLock(text: string, path: string): LockData {
  if (/^(?:<{7}|={7}|>{7})(?: |$)/m.test(text)) {
    throw invalid(
      path,
      "it holds the marks of a merge that is not finished (<<<<<<<)",
      `Keep one side of it, such as with git checkout --theirs ${path}, then run smoltools install`,
    );
  }
  let json: unknown;
  try {
    json = parseStrictJson(text);
  } catch (cause) {
    throw invalid(path, errorMessage(cause), undefined, cause);
  }
  const version = typeof json === "object" && json !== null ? (json as Partial<LockData>).lockfileVersion : undefined;
  if (typeof version === "number" && version !== 1) {
    throw invalid(path, `its lockfileVersion is ${version}, and this version of smoltools reads 1`, "Update smoltools");
  }
  validator ??= new SchemaValidator(lockSchema);
  const findings = validator.findings(json);
  if (findings.length > 0) throw invalid(path, `\n${findingsText(findings)}`);
  const data = json as LockData;
  checkEntries(data, path);
  return data;
}

function checkEntries({ packages }: LockData, path: string): void {
  const seen = new Map<string, [ref: string, entry: LockEntry]>();
  for (const [ref, entry] of Object.entries(packages)) {
    const problem = entryProblem(ref, entry);
    if (problem) {
      const wayOut = `Restore the entry, or delete it and lock it anew: smoltools add ${ref}`;
      throw invalid(path, `its entry ${JSON.stringify(ref)} was edited or merged wrongly: ${problem}`, wayOut);
    }
    const names = [`${entry.commit}`, ...(entry.version === undefined ? [] : [entry.version])];
    for (const name of names.map((each) => `${entry.hub} ${entry.repoType} ${entry.repo} ${each}`)) {
      const [otherRef, other] = seen.get(name) ?? [];
      const found = other && contradiction(entry, other);
      if (found) {
        const wayOut = `Find out which one is right, delete the other one, then run smoltools install`;
        const why = `${found.name} has one ${found.about} by ${otherRef}, and another one by ${ref}`;
        throw invalid(path, why, wayOut);
      }
      seen.set(name, [ref, entry]);
    }
  }
}

function entryProblem(ref: string, entry: LockEntry): string | undefined {
  const problem = refProblem(ref, entry);
  if (problem) return problem;
  const { version, permissions, hub } = entry;
  if (version !== undefined && valid(version) !== version) return `${JSON.stringify(version)} is not a version`;
  if (!URL.canParse(hub) || hub.endsWith("/")) return `${JSON.stringify(hub)} is not the address of a hub`;
  for (const kind of permissionKinds) {
    // Agents may be granted every public host.
    const isFine = (value: string) =>
      value === "*" || (kind === "run" && isCommandLine(value)) || permissionProblem(kind, value) === undefined;
    const wrong = permissions[kind].find((value) => !isFine(value));
    if (wrong !== undefined) return `${JSON.stringify(wrong)} is not a permission of the kind ${kind}`;
  }
  return undefined;
}

function refProblem(ref: string, { repo, repoType }: LockEntry): string | undefined {
  try {
    const parsed = parseRef(ref);
    if (parsed.kind !== "hub" || formatRef(parsed) !== ref || parsed.tool !== undefined) {
      return "its name is not written as the ref of a package on a hub";
    }
    return parsed.repo === repo && parsed.repoType === repoType ? undefined : `it is one of the ${repoType} ${repo}`;
  } catch (error) {
    if (isSmoltoolsError(error, "REF_INVALID")) return "its name is not a ref";
    throw error;
  }
}

function invalid(path: string, why: string, wayOut?: string, cause?: unknown): LockError {
  return new LockError(
    `${path} cannot be used: ${why}. ${wayOut ?? "Restore it, or delete it and lock anew: smoltools add <ref>"}`,
    { code: "LOCK_INVALID", data: { path }, cause },
  );
}
