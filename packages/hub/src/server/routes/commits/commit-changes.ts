import { HubServerError } from "../../hub-server-error.ts";
import type { HubLimits } from "../../hub-limits.ts";
import { optionalObject, optionalText, textField } from "../../http/request/fields.ts";
import { parseJsonObject } from "../../http/request/request-body.ts";
import { maxCardBytes, parseCard } from "../../repo/card.ts";
import { checkFilePath } from "../../repo/file-path.ts";
import { isLfsOid } from "../../repo/lfs-oid.ts";
import type { Change, RepoStore } from "../../storage/hub-storage.ts";
import { ChangeCollector } from "./change-collector.ts";
import { decodeContent } from "./decode-content.ts";

/** The first line of a commit. */
export interface CommitHeader {
  title: string;
  body: string;
  parentCommit?: string;
}

const maxTitleLength = 1_000;
const maxBodyLength = 65_536;

/**
 * Reads the lines of a commit and stores the files in them. Nothing is part of the repo before the commit is made:
 * what a refused commit stored, git's garbage collection removes.
 *
 * Protocol section 1.5, step 3.
 *
 * @param lines - One JSON object each; the first one is the header.
 * @throws HubServerError `HUB_BAD_REQUEST` or `HUB_TOO_LARGE` that names the file.
 */
export async function readCommitChanges(
  lines: AsyncIterable<string>,
  repo: RepoStore,
  limits: HubLimits,
): Promise<{ header: CommitHeader; changes: Change[] }> {
  let header: CommitHeader | undefined;
  let total = 0;
  const changes = new ChangeCollector(repo);
  for await (const line of lines) {
    const { key, value } = parseLine(line);
    if (!header) {
      if (key !== "header") throw new HubServerError("HUB_BAD_REQUEST", "The first line of a commit is its header.");
      header = readHeader(value);
      continue;
    }
    if (changes.count >= limits.maxFilesPerCommit) {
      throw new HubServerError("HUB_TOO_LARGE", `A commit changes at most ${limits.maxFilesPerCommit} files.`);
    }
    const path = readPath(key, value);
    const change = readPlainChange(key, path, value);
    if (change) {
      await changes.add(change);
      continue;
    }
    const bytes = decodeContent(path, value, limits.maxRegularFileBytes);
    total += bytes.length;
    if (total > limits.maxCommitBytes) {
      throw new HubServerError(
        "HUB_TOO_LARGE",
        `With ${path} the commit has over ${limits.maxCommitBytes} bytes: split it into several commits.`,
      );
    }
    if (path === "README.md") checkCard(bytes);
    await changes.write(path, bytes);
  }
  if (!header) throw new HubServerError("HUB_BAD_REQUEST", "The commit has no header.");
  return { header, changes: await changes.finish() };
}

function parseLine(line: string): { key: string; value: Record<string, unknown> } {
  const fields = parseJsonObject(line, "A line of the commit");
  return { key: textField(fields, "key"), value: optionalObject(fields, "value") ?? {} };
}

function readHeader(value: Record<string, unknown>): CommitHeader {
  const title = textField(value, "summary").trim();
  const body = (optionalText(value, "description") ?? "").trim();
  if (
    title === "" ||
    title.length > maxTitleLength ||
    body.length > maxBodyLength ||
    `${title}${body}`.includes("\0")
  ) {
    throw new HubServerError(
      "HUB_BAD_REQUEST",
      `The summary has 1 to ${maxTitleLength} characters, the description at most ${maxBodyLength}; no zero bytes.`,
    );
  }
  const parentCommit = optionalText(value, "parentCommit") ?? "";
  if (parentCommit === "") return { title, body };
  if (/^[0-9a-f]{5,40}$/i.test(parentCommit)) return { title, body, parentCommit };
  throw new HubServerError("HUB_BAD_REQUEST", "parentCommit is not the first 5 to 40 digits of a commit id.");
}

/** A line that brings no bytes. */
function readPlainChange(
  key: string,
  path: string,
  value: Record<string, unknown>,
): Exclude<Change, { kind: "write" }> | undefined {
  if (key === "deletedFile") return { kind: "deleteFile", path };
  if (key === "deletedFolder") return { kind: "deleteFolder", path };
  if (key !== "lfsFile") return undefined;
  const oid = textField(value, "oid");
  const { size } = value;
  if (!isLfsOid(oid) || (optionalText(value, "algo") ?? "sha256") !== "sha256") {
    throw new HubServerError("HUB_BAD_REQUEST", `The oid of ${path} is not a SHA-256 in lower case.`);
  }
  return { kind: "writeLfs", path, oid, ...(typeof size === "number" ? { size } : {}) };
}

/** The path that a line changes. */
function readPath(key: string, value: Record<string, unknown>): string {
  if (!["file", "lfsFile", "deletedFile", "deletedFolder"].includes(key) || value["oldPath"] !== undefined) {
    throw new HubServerError("HUB_BAD_REQUEST", `A commit has no operation ${JSON.stringify(key.slice(0, 40))} here.`);
  }
  const path = textField(value, "path");
  const checked = key === "deletedFolder" ? path.replace(/\/$/, "") : path;
  checkFilePath(checked);
  return checked;
}

function checkCard(bytes: Buffer): void {
  const [problem] = bytes.length > maxCardBytes ? [] : parseCard(bytes.toString("utf8")).problems;
  if (problem) throw new HubServerError("HUB_BAD_REQUEST", problem);
}
