import { accessSync, constants, existsSync } from "node:fs";
import { dirname } from "node:path";
import { SmoltoolsError } from "@smoltools/core";

/**
 * What the operating system refused.
 *
 * | code | meaning |
 * | --- | --- |
 * | `FILE_NOT_FOUND` | there is no such file or folder |
 * | `FILE_NOT_PERMITTED` | the user of this process may not do that with a file |
 * | `FILE_READ_ONLY` | the file system cannot be written to |
 * | `FILE_WRONG_KIND` | a folder where a file is needed, or the other way round |
 * | `FILE_EXISTS` | something is there already |
 * | `DISK_FULL` | no space or no quota is left |
 * | `TOO_MANY_FILES` | more files are open than the system allows |
 * | `ADDRESS_IN_USE` | another program listens there |
 * | `ADDRESS_NOT_PERMITTED` | the user of this process may not listen there |
 */
export type SystemErrorCode =
  | "FILE_NOT_FOUND"
  | "FILE_NOT_PERMITTED"
  | "FILE_READ_ONLY"
  | "FILE_WRONG_KIND"
  | "FILE_EXISTS"
  | "DISK_FULL"
  | "TOO_MANY_FILES"
  | "ADDRESS_IN_USE"
  | "ADDRESS_NOT_PERMITTED";

/** An error of the operating system as a sentence. */
export class SystemError extends SmoltoolsError<SystemErrorCode, { path?: string; systemCode: string }> {}

interface Explanation {
  code: SystemErrorCode;
  /** What is wrong with what is named before it. */
  what: string;
  /** What to do about it. */
  advice: string;
}

const space = { code: "DISK_FULL", advice: "Make room, smoltools cache clean does, and try again" } as const;
const files = { code: "TOO_MANY_FILES", advice: "End other programs, or raise the limit: ulimit -n 4096" } as const;
const denied = { code: "FILE_NOT_PERMITTED", advice: "Look at its owner and rights: ls -ld" } as const;
const kind = { code: "FILE_WRONG_KIND", advice: "Name another one" } as const;

const explanations: Readonly<Record<string, Explanation>> = {
  ENOENT: { code: "FILE_NOT_FOUND", what: "is not there", advice: "Look at the name, and at the folder you are in" },
  EACCES: { ...denied, what: "is not open to you" },
  EPERM: { ...denied, what: "is not open to you" },
  EROFS: { code: "FILE_READ_ONLY", what: "is on a read-only file system", advice: "Work in another folder" },
  EISDIR: { ...kind, what: "is a folder" },
  ENOTDIR: { ...kind, what: "is no folder" },
  EEXIST: { code: "FILE_EXISTS", what: "is there already", advice: "Remove it, or name another one" },
  ENOSPC: { ...space, what: "cannot be written: no space is left on the disk" },
  EDQUOT: { ...space, what: "cannot be written: your quota of the disk is used up" },
  EMFILE: { ...files, what: "cannot be opened: this process has too many files open" },
  ENFILE: { ...files, what: "cannot be opened: this machine has too many files open" },
  EADDRINUSE: {
    code: "ADDRESS_IN_USE",
    what: "is taken: another program listens there",
    advice: "Use another port, 0 takes a free one, or end that program",
  },
};

/** What to do about the refusal of the operating system that led to an error, if one did. */
export function systemAdvice(error: unknown): string | undefined {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 8; cause = cause.cause, depth++) {
    const { code = "" } = cause as NodeJS.ErrnoException;
    if (Object.hasOwn(explanations, code)) return explanations[code]?.advice;
  }
  return undefined;
}

/**
 * Node.js says of folders with their parents that they are not there, whatever the reason is that they cannot be made.
 *
 * @returns What the nearest folder that is there says to being written to; a full disk where it says nothing.
 */
function whyNoFolder(path: string): string {
  let folder = dirname(path);
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  try {
    accessSync(folder, constants.W_OK);
    return "ENOSPC";
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? "ENOENT";
  }
}

/**
 * Says in a sentence what the operating system refused.
 *
 * @param error - Anything that was thrown.
 * @returns `undefined` when it is no error of the operating system, or one that nobody can do anything about.
 */
export function explainSystemError(error: unknown): SystemError | undefined {
  if (!(error instanceof Error)) return undefined;
  const {
    code: told,
    syscall,
    path,
    dest,
    address,
    port,
  } = error as NodeJS.ErrnoException & {
    dest?: string;
    address?: string;
    port?: number;
  };
  if (told === undefined) return undefined;
  const systemCode = told === "ENOENT" && syscall === "mkdir" && path !== undefined ? whyNoFolder(path) : told;
  if (systemCode === "EACCES" && port !== undefined) {
    return new SystemError(`Port ${port} is not open to you. Use one above 1023`, {
      code: "ADDRESS_NOT_PERMITTED",
      data: { systemCode },
      cause: error,
    });
  }
  const explanation = Object.hasOwn(explanations, systemCode) ? explanations[systemCode] : undefined;
  if (!explanation) return undefined;
  const { code, what, advice } = explanation;
  const subject = path === undefined ? (port === undefined ? "A file" : `${address ?? ""}:${port}`) : (dest ?? path);
  return new SystemError(`${subject} ${what}. ${advice}`, {
    code,
    data: { systemCode, ...(path !== undefined && { path }) },
    cause: error,
  });
}
