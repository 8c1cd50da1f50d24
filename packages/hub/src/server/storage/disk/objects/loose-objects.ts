import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { access, mkdir, open, readdir, readFile, utimes } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { promisify } from "node:util";
import { constants, createInflate, deflate, deflateSync, inflate, inflateSync } from "node:zlib";
import type { ByteRange } from "../../hub-storage.ts";
import { flush, moveInPlace, temporaryName } from "../files/atomic-write.ts";
import { hasCode, unlessMissing } from "../../../../shared/has-code.ts";
import { cutStream } from "./cut-stream.ts";

/** The kinds of git objects. */
export type ObjectType = "blob" | "tree" | "commit" | "tag";

/** An object as it was stored. */
export interface GitObject {
  type: ObjectType;
  content: Buffer;
}

/** Up to this size an object is packed and unpacked at once: handing it to another thread costs more. */
export const smallBytes: number = 32 * 1024;
/** Longest header of an object: `commit`, a space, the size, and a zero byte. */
const headBytes = 32;
/** From so many bytes of the file the header can be unpacked, whatever the table of codes at its start takes. */
const maxHeadPackedBytes = 4_096;
/** As git does by default for objects with a file of their own. */
const compression = { level: constants.Z_BEST_SPEED };

const deflateAsync = promisify<Buffer, object, Buffer>(deflate);
const inflateAsync = promisify<Buffer, Buffer>(inflate);

/**
 * The objects of a bare repository that have a file of their own, `objects/ab/cdef…`.
 *
 * A file appears there whole: it is written under another name, flushed to the disk and renamed. The folders in which
 * files appeared are flushed together, by {@link flush}, before anything refers to the objects.
 */
export class LooseObjects {
  readonly #objects: string;
  readonly #unflushed = new Set<string>();

  /** @param gitdir - The bare repository. */
  constructor(gitdir: string) {
    this.#objects = join(gitdir, "objects");
  }

  /** Stores an object, if it is not there yet. @returns Its id. */
  async write(type: ObjectType, content: Uint8Array): Promise<string> {
    const header = Buffer.from(`${type} ${content.length}\0`);
    const oid = createHash("sha1").update(header).update(content).digest("hex");
    const folder = join(this.#objects, oid.slice(0, 2));
    // Also for one that is there: whoever wrote it may not have flushed the folder yet.
    this.#unflushed.add(folder);
    const path = join(folder, oid.slice(2));
    if (await isThere(path)) return oid;
    const whole = Buffer.concat([header, content]);
    const packed =
      whole.length <= smallBytes ? deflateSync(whole, compression) : await deflateAsync(whole, compression);
    await this.#writeFile(folder, path, packed);
    return oid;
  }

  /** Flushes what was written: from then on a crash cannot take it away. */
  async flush(): Promise<void> {
    const folders = [...this.#unflushed];
    this.#unflushed.clear();
    await Promise.all(folders.map(flush));
  }

  /** @returns `undefined` for objects in packs and for missing ones. */
  async read(oid: string): Promise<GitObject | undefined> {
    const packed = await unlessMissing(readFile(this.path(oid)));
    if (!packed) return undefined;
    const whole = packed.length <= smallBytes ? inflateSync(packed) : await inflateAsync(packed);
    const end = whole.indexOf(0);
    const [type = ""] = whole.toString("latin1", 0, end).split(" ");
    return { type: type as ObjectType, content: whole.subarray(end + 1) };
  }

  /**
   * The size of an object, from its header without reading the rest. A listing needs the sizes of all files, but not
   * one of their bytes.
   *
   * @returns `undefined` for objects in packs and for missing ones.
   */
  async size(oid: string): Promise<number | undefined> {
    const header = await this.#header(oid);
    const size = /^[a-z]+ (\d+)$/.exec(header ?? "")?.[1];
    return size === undefined ? undefined : Number(size);
  }

  /** The content of an object, or a part of it, as it is read. @returns `undefined` as {@link size}. */
  async stream(oid: string, range?: ByteRange): Promise<Readable | undefined> {
    const header = await this.#header(oid);
    if (header === undefined) return undefined;
    const start = header.length + 1 + (range?.start ?? 0);
    const end = range ? header.length + 1 + range.end : Number.POSITIVE_INFINITY;
    const packed = createReadStream(this.path(oid));
    const whole = createInflate();
    packed.once("error", (error) => whole.destroy(error));
    whole.once("close", () => packed.destroy());
    return Readable.from(cutStream(packed.pipe(whole), start, end), { objectMode: false });
  }

  /** The ids that start with some digits, two at least. */
  async startingWith(digits: string): Promise<string[]> {
    const folder = digits.slice(0, 2);
    const names = (await unlessMissing(readdir(join(this.#objects, folder)))) ?? [];
    return names.map((name) => folder + name).filter((oid) => oid.startsWith(digits) && /^[0-9a-f]{40}$/.test(oid));
  }

  /** Where the object's file is, or would be. */
  path(oid: string): string {
    return join(this.#objects, oid.slice(0, 2), oid.slice(2));
  }

  async #header(oid: string): Promise<string | undefined> {
    const file = await unlessMissing(open(this.path(oid), "r"));
    if (!file) return undefined;
    await using _closing = file;
    // The table of codes at the start of the stream comes before the first byte of the header, and may be long.
    for (const length of [2 * headBytes, maxHeadPackedBytes]) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
      const head = inflateSync(buffer.subarray(0, bytesRead), { finishFlush: constants.Z_SYNC_FLUSH });
      const end = head.subarray(0, headBytes).indexOf(0);
      if (end >= 0) return head.toString("latin1", 0, end);
    }
    return undefined;
  }

  async #writeFile(folder: string, path: string, bytes: Uint8Array): Promise<void> {
    const temporary = join(folder, temporaryName());
    const file = await open(temporary, "wx", 0o444).catch(async (error: unknown) => {
      if (!hasCode(error, "ENOENT")) throw error;
      await this.#makeFanOut(folder);
      return open(temporary, "wx", 0o444);
    });
    await moveInPlace(file, temporary, path, bytes);
  }

  /** Not the folders above: they are missing when the repo was moved or deleted, and must not come back. */
  async #makeFanOut(folder: string): Promise<void> {
    try {
      await mkdir(folder);
      this.#unflushed.add(this.#objects);
    } catch (error) {
      if (!hasCode(error, "EEXIST")) throw error;
    }
  }
}

/** True for a file that is there. It counts as new again, so that git's garbage collection spares it. */
async function isThere(path: string): Promise<boolean> {
  try {
    const now = new Date();
    await utimes(path, now, now);
    return true;
  } catch (error) {
    // The file of another user of the system.
    if (hasCode(error, "EPERM", "EACCES")) return (await unlessMissing(access(path).then(() => true))) ?? false;
    if (hasCode(error, "ENOENT")) return false;
    throw error;
  }
}
