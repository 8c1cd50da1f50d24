import { HubServerError } from "../hub-server-error.ts";

/** Longest path of a file in a repo, in bytes of UTF-8. */
const maxPathBytes = 1024;
/** Longest piece of a path, in bytes of UTF-8: what common file systems take. */
const maxPieceBytes = 255;

/**
 * Says what is wrong with the path of a file in a repo.
 *
 * A path that passes can be checked out on any common file system and cannot leave the folder it is checked out to.
 *
 * @returns `undefined` for a good path, else the second half of a sentence.
 */
export function filePathProblem(path: string): string | undefined {
  if (path === "") return "is empty";
  if (path.startsWith("/")) return "starts with '/': paths are relative to the repo";
  if (path.includes("\\")) return "has a '\\': use '/' between folders";
  if (/\p{Cc}/u.test(path)) return "has a control character";
  if (/\p{Cs}/u.test(path)) return "is not well-formed Unicode";
  if (path.normalize("NFC") !== path) return "is not in Unicode normalization form C (NFC)";
  if (Buffer.byteLength(path) > maxPathBytes) return `is longer than ${maxPathBytes} bytes`;
  for (const piece of path.split("/")) {
    if (piece === "") return "has an empty piece: '//' or a '/' at the end";
    if (piece === "." || piece === "..") return `has the piece '${piece}'`;
    if (isGitFolder(piece)) return "has a piece that file systems may take for '.git'";
    if (Buffer.byteLength(piece) > maxPieceBytes) return `has a piece longer than ${maxPieceBytes} bytes`;
  }
  return undefined;
}

/**
 * Makes sure that a file may have this path.
 *
 * @throws HubServerError `HUB_BAD_REQUEST` that names the path and what is wrong with it.
 */
export function checkFilePath(path: string): void {
  const problem = filePathProblem(path);
  if (problem) throw new HubServerError("HUB_BAD_REQUEST", `The path ${JSON.stringify(path)} ${problem}.`);
}

/** Code points that HFS+ leaves out of file names: `.g\u200cit` is `.git` there. */
const ignoredByHfs = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/gu;

/** The spellings of `.git` that git itself refuses, because NTFS or HFS+ takes them for that folder. */
function isGitFolder(piece: string): boolean {
  const plain = piece.replace(ignoredByHfs, "").toLowerCase();
  return /^(\.git|git~1)[ .]*(:.*)?$/.test(plain);
}
