import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RepoKey } from "../../../repo/repo-key.ts";
import type { Commit, RepoStore } from "../../hub-storage.ts";
import { DiskStorage } from "../disk-storage.ts";

/** Who everything in the tests is by. */
export const author = { name: "alice", email: "alice@example.org" } as const;

/** A storage in a folder of its own. Disposing it removes the folder. */
export interface TestStorage extends AsyncDisposable {
  root: string;
  storage: DiskStorage;
  /** Makes a Space with a file `a`. */
  create(id: string, options?: { private?: boolean }): Promise<RepoStore>;
  /** Runs git in a Space. */
  git(id: string, ...args: string[]): string;
}

/** The key of the Space `namespace/name`. */
export function space(id: string): RepoKey {
  const [namespace = "", name = ""] = id.split("/");
  return { type: "space", namespace, name };
}

/** Makes a storage. */
export async function openTestStorage(): Promise<TestStorage> {
  const root = await mkdtemp(join(tmpdir(), "disk-storage-"));
  const storage = await DiskStorage.open(root);
  return {
    root,
    storage,
    create: (id, options) =>
      storage.createRepo(
        {
          ...space(id),
          private: options?.private ?? false,
          createdBy: "alice",
          files: new Map([["a", Buffer.from("A")]]),
        },
        author,
      ),
    git: (id, ...args) =>
      execFileSync("git", ["-C", join(root, "spaces", `${id}.git`), ...args], {
        encoding: "utf8",
        stdio: "pipe",
      }).trim(),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}

/** Commits one file to the main branch. */
export async function writeFileTo(repo: RepoStore, path: string, text: string): Promise<Commit> {
  const blob = await repo.writeBlob(Buffer.from(text));
  return repo.makeCommit({ branch: "main", changes: [{ kind: "write", path, blob }], title: path, body: "", author });
}

/** Stores a Git LFS object and commits it. */
export async function writeLfsFileTo(repo: RepoStore, path: string, oid: string, bytes: Uint8Array): Promise<Commit> {
  const chunks: (Uint8Array | undefined)[] = [bytes, undefined];
  await repo.lfs.receive({ oid, size: bytes.length }, async () => chunks.shift());
  return repo.makeCommit({ branch: "main", changes: [{ kind: "writeLfs", path, oid }], title: path, body: "", author });
}

/** Releases what the main branch has. */
export async function release(repo: RepoStore, tag: string): Promise<string> {
  const commit = (await repo.resolve("main")) ?? "";
  await repo.createTag({ name: tag, commit, message: tag, author });
  return commit;
}
