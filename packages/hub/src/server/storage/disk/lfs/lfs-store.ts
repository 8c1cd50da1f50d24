import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { copyFile, link, mkdir, open, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { HubServerError } from "../../../hub-server-error.ts";
import type { ByteRange, LfsObject, LfsObjects } from "../../hub-storage.ts";
import { makeFolder, flush, temporaryName, temporaryPrefix } from "../files/atomic-write.ts";
import { hasCode, unlessMissing } from "../../../../shared/has-code.ts";

/** How long an upload waits for a commit that names it. */
const uploadLifetimeMs = 86_400_000;

/**
 * The Git LFS objects of one repo.
 *
 * ```
 * lfs/objects/aa/bb/<sha256>    those that a commit names, where git-lfs has them too
 * lfs/uploads/<sha256>          uploads that no commit names yet
 * lfs/uploads/tmp_obj_*.<size>  uploads that have not come whole, and their announced sizes
 * ```
 *
 * An upload moves to the objects when a commit names it: so there is never a search for those that none does.
 */
export class LfsStore implements LfsObjects {
  readonly #objects: string;
  readonly #uploads: string;
  readonly #maxBytes: number;

  /**
   * @param gitdir - The bare repository.
   * @param maxBytes - Most bytes of all objects and uploads together.
   */
  constructor(gitdir: string, maxBytes: number) {
    this.#objects = join(gitdir, "lfs", "objects");
    this.#uploads = join(gitdir, "lfs", "uploads");
    this.#maxBytes = maxBytes;
  }

  async size(oid: string): Promise<number | undefined> {
    return (await this.committedSize(oid)) ?? (await unlessMissing(stat(this.#uploadPath(oid))))?.size;
  }

  async committedSize(oid: string): Promise<number | undefined> {
    return (await unlessMissing(stat(this.objectPath(oid))))?.size;
  }

  stream(oid: string, range?: ByteRange): Readable {
    return createReadStream(this.objectPath(oid), range ?? {});
  }

  async receive(object: LfsObject, chunks: () => Promise<Uint8Array | undefined>, signal?: AbortSignal): Promise<void> {
    await this.sweep();
    await this.#makeUploads();
    const temporary = join(this.#uploads, `${temporaryName()}.${object.size}`);
    try {
      {
        await using file = await open(temporary, "wx");
        // With the file in place, so that of two that come together each sees the other.
        await this.#checkSpace(object);
        await copyChecked(object, chunks, (chunk) => file.writeFile(chunk), signal);
        await file.sync();
      }
      await rename(temporary, this.#uploadPath(object.oid));
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    await flush(this.#uploads);
  }

  async refresh(oid: string): Promise<void> {
    const now = new Date();
    await unlessMissing(utimes(this.#uploadPath(oid), now, now));
  }

  /**
   * Makes an upload an object. The caller holds the lock of the repo, and moves a ref to a commit that names it.
   *
   * @throws HubServerError `HUB_BAD_REQUEST` when there is no such upload.
   */
  async keep(oid: string): Promise<void> {
    if ((await this.committedSize(oid)) !== undefined) return;
    const path = this.objectPath(oid);
    await makeFolder(dirname(path));
    const moved = await unlessMissing(rename(this.#uploadPath(oid), path).then(() => true));
    if (!moved) throw notUploaded(oid);
    await flush(dirname(path));
  }

  /** Takes over an object that a commit of another repo names, for a commit of this one. */
  async copy(from: LfsStore, oid: string): Promise<void> {
    const path = this.objectPath(oid);
    await makeFolder(dirname(path));
    const source = from.objectPath(oid);
    // Objects never change: both repos can have the same file, where the file system can do that.
    await link(source, path).catch(async (error: unknown) => {
      if (hasCode(error, "EEXIST")) return;
      const temporary = join(dirname(path), temporaryName());
      await copyFile(source, temporary);
      await rename(temporary, path);
    });
    await flush(dirname(path));
  }

  /** Removes uploads that no commit named in a day, and what is left of broken ones. */
  async sweep(): Promise<void> {
    for (const name of (await unlessMissing(readdir(this.#uploads))) ?? []) {
      const path = join(this.#uploads, name);
      const found = await unlessMissing(stat(path));
      if (found && Date.now() - found.mtimeMs > uploadLifetimeMs) await rm(path, { force: true });
    }
  }

  /** Where an object's file is that a commit names. */
  objectPath(oid: string): string {
    return join(this.#objects, oid.slice(0, 2), oid.slice(2, 4), oid);
  }

  /** All objects that a commit names. */
  async *all(): AsyncGenerator<LfsObject> {
    for (const first of (await unlessMissing(readdir(this.#objects))) ?? []) {
      for (const second of (await unlessMissing(readdir(join(this.#objects, first)))) ?? []) {
        for (const oid of (await unlessMissing(readdir(join(this.#objects, first, second)))) ?? []) {
          const size = await this.committedSize(oid);
          if (size !== undefined) yield { oid, size };
        }
      }
    }
  }

  #uploadPath(oid: string): string {
    return join(this.#uploads, oid);
  }

  /** Not the folder of the repo: it is missing when the repo was moved or deleted, and must not come back. */
  async #makeUploads(): Promise<void> {
    for (const folder of [dirname(this.#uploads), this.#uploads]) {
      try {
        await mkdir(folder);
        await flush(dirname(folder));
      } catch (error) {
        if (!hasCode(error, "EEXIST")) throw error;
      }
    }
  }

  async #checkSpace({ oid, size }: LfsObject): Promise<void> {
    let total = 0;
    for await (const object of this.all()) total += object.size;
    for (const name of (await unlessMissing(readdir(this.#uploads))) ?? []) {
      const announced = name.startsWith(temporaryPrefix) ? name.split(".")[1] : undefined;
      total +=
        announced === undefined ? ((await unlessMissing(stat(this.#uploadPath(name))))?.size ?? 0) : Number(announced);
    }
    if (total <= this.#maxBytes) return;
    throw new HubServerError(
      "HUB_TOO_LARGE",
      `With ${oid} (${size} bytes) the repo would have over ${this.#maxBytes} bytes of Git LFS files.`,
    );
  }
}

/** The error for an object that a commit names and that nobody uploaded. */
export function notUploaded(oid: string): HubServerError {
  return new HubServerError(
    "HUB_BAD_REQUEST",
    `The Git LFS object ${oid} was not uploaded: upload it before the commit.`,
  );
}

/** Hands all chunks on, and makes sure that together they are the object. */
async function copyChecked(
  { oid, size }: LfsObject,
  chunks: () => Promise<Uint8Array | undefined>,
  write: (chunk: Uint8Array) => Promise<void>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const hash = createHash("sha256");
  let length = 0;
  for (let chunk = await chunks(); chunk; chunk = await chunks()) {
    signal?.throwIfAborted();
    length += chunk.length;
    if (length > size) throw wrongBytes(oid, `it has over the ${size} bytes announced`);
    hash.update(chunk);
    await write(chunk);
  }
  if (length !== size) throw wrongBytes(oid, `it has ${length} bytes, not the ${size} announced`);
  if (hash.digest("hex") !== oid) throw wrongBytes(oid, "its SHA-256 is another one");
}

function wrongBytes(oid: string, problem: string): HubServerError {
  return new HubServerError("HUB_BAD_REQUEST", `The upload of ${oid} was not stored: ${problem}.`);
}
