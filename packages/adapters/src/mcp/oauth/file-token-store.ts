import { randomUUID } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import process from "node:process";
import { AdapterError } from "../../shared/adapter-error.ts";
import { isRecord, parseJson } from "../../shared/json-access.ts";
import type { McpCredentials, McpTokenStore } from "./token-store.ts";

/** Largest file that is read, in bytes. */
const maxBytes = 1024 * 1024;

/**
 * Keeps sign-ins in a file that only its owner can read.
 *
 * @param path - The file is made by the first sign-in, with mode 0600. One on which others have rights is refused.
 */
export function fileTokenStore(path: string): McpTokenStore {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const done = last.then(work, work);
    last = done.catch(() => undefined);
    return done;
  };
  return {
    get: (server) => inTurn(async () => (await read(path)).get(server)),
    set: (server, credentials) =>
      inTurn(async () => {
        const all = await read(path);
        if (credentials === undefined) all.delete(server);
        else all.set(server, credentials);
        await write(path, all);
      }),
  };
}

async function read(path: string): Promise<Map<string, McpCredentials>> {
  const file = await open(path, "r").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  });
  if (!file) return new Map();
  try {
    const stats = await file.stat();
    // Windows has no such rights: all its files look open to everybody.
    if (process.platform !== "win32" && (stats.mode & 0o077) !== 0) {
      throw refused(path, "others than you have rights on it. Run chmod 600 on it, and sign in anew");
    }
    if (!stats.isFile() || stats.size > maxBytes) throw refused(path, "it is not a file of sign-ins");
    const json = parseJson(await file.readFile("utf8"));
    const entries = isRecord(json) ? Object.entries(json) : [];
    const signIns = entries.filter(isSignIn);
    if (!isRecord(json) || signIns.length < entries.length) throw refused(path, "it is not a file of sign-ins");
    return new Map(signIns);
  } finally {
    await file.close();
  }
}

function isSignIn(entry: [string, unknown]): entry is [string, McpCredentials] {
  const [, value] = entry;
  if (!isRecord(value)) return false;
  const { redirectUrl, client, tokens } = value;
  return (
    (redirectUrl === undefined || typeof redirectUrl === "string") &&
    (client === undefined || isRecord(client)) &&
    (tokens === undefined || isRecord(tokens))
  );
}

/** Whole or not at all: into another file, to the disk, then in place of the one before. */
async function write(path: string, all: ReadonlyMap<string, McpCredentials>): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${process.pid}.${randomUUID()}.tmp`;
  try {
    const file = await open(temporary, "wx", 0o600);
    try {
      await file.writeFile(`${JSON.stringify(Object.fromEntries(all), null, 2)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}

function refused(path: string, why: string): AdapterError {
  return new AdapterError(`${path} is not used as a file of sign-ins: ${why}`, { code: "ADAPTER_OPTIONS_INVALID" });
}
