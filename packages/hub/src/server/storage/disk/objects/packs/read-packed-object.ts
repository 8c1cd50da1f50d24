import { type FileHandle, open } from "node:fs/promises";
import { promisify } from "node:util";
import { type InputType, inflate, inflateSync, type ZlibOptions } from "node:zlib";
import { applyDelta } from "./apply-delta.ts";
import { type GitObject, type ObjectType, smallBytes } from "../loose-objects.ts";
import type { PackIndex } from "./pack-index.ts";

/** The kinds of entries by their numbers. Source: gitformat-pack(5), "Object types". */
const types: ReadonlyMap<number, ObjectType> = new Map([
  [1, "commit"],
  [2, "tree"],
  [3, "blob"],
  [4, "tag"],
]);
const offsetDelta = 6;
const nameDelta = 7;

/** Longest header of an entry: type and size, and the offset or the name of the base. */
const maxHeaderBytes = 32;
/** Most deltas upon each other: more than git ever makes. */
const maxDepth = 4_096;
/** Largest object, and most bytes of the deltas that make one: 1 GiB. Larger files belong in Git LFS. */
const maxBytes = 2 ** 30;

const inflateAsync = promisify<InputType, ZlibOptions, Buffer>(inflate);

interface PackFile {
  handle: FileHandle;
  size: number;
}

/** The head of an entry. */
interface Header {
  type: number;
  /** Of the content, or of the delta, when it is unpacked. */
  size: number;
  /** Where the entry begins that a delta is for. */
  base?: number;
  /** Where the packed bytes begin. */
  start: number;
}

/**
 * Reads an object of a pack: no more of the file than its own bytes, and those of the objects that it is a delta for.
 *
 * Source: gitformat-pack(5), "pack-*.pack files have the following format".
 *
 * @param path - The pack.
 * @param offset - Where the object begins, as the index says.
 * @throws Error that says what is wrong with the pack; the system's where it is not there.
 */
export async function readPackedObject(path: string, index: PackIndex, offset: number): Promise<GitObject> {
  await using handle = await open(path, "r");
  const file = { handle, size: (await handle.stat()).size };
  const deltas: Buffer[] = [];
  const places = new Set<number>();
  let total = 0;
  for (let at = offset; ;) {
    const header = await readHeader(file, index, at);
    total += header.size;
    if (total > maxBytes) throw new Error(`an object takes more than ${maxBytes} bytes`);
    const bytes = await unpack(file, header);
    const type = types.get(header.type);
    if (type) {
      return { type, content: deltas.reduceRight((base, delta) => applyDelta(base, delta, maxBytes), bytes) };
    }
    if (header.base === undefined) throw new Error(`an entry has the unknown type ${header.type}`);
    deltas.push(bytes);
    if (deltas.length > maxDepth) throw new Error(`it has more than ${maxDepth} deltas upon each other`);
    if (places.add(at).has(header.base)) throw new Error("it has a delta that is made of itself");
    at = header.base;
  }
}

async function readHeader(file: PackFile, index: PackIndex, offset: number): Promise<Header> {
  const bytes = await readAt(file, offset, maxHeaderBytes);
  let byte = bytes.readUInt8(0);
  let at = 1;
  const type = (byte >> 4) & 7;
  let size = byte & 0x0f;
  for (let factor = 0x10; byte >= 0x80; factor *= 0x80) {
    byte = bytes.readUInt8(at++);
    size += (byte & 0x7f) * factor;
  }
  if (type === nameDelta) {
    const base = index.offset(bytes.toString("hex", at, at + 20));
    if (base === undefined) throw new Error("it has a delta for an object that is not in it");
    return { type, size, base, start: offset + at + 20 };
  }
  if (type !== offsetDelta) return { type, size, start: offset + at };
  byte = bytes.readUInt8(at++);
  let distance = byte & 0x7f;
  while (byte >= 0x80) {
    byte = bytes.readUInt8(at++);
    distance = (distance + 1) * 0x80 + (byte & 0x7f);
  }
  return { type, size, base: offset - distance, start: offset + at };
}

async function unpack(file: PackFile, { size, start }: Header): Promise<Buffer> {
  // Bytes that cannot be packed take a little more room: a few for every block of them.
  const packed = await readAt(file, start, size + Math.ceil(size / 1024) + 64);
  const limit = { maxOutputLength: Math.max(size, 1) };
  const bytes = size <= smallBytes ? inflateSync(packed, limit) : await inflateAsync(packed, limit);
  if (bytes.length !== size) throw new Error("an entry has another size than it says");
  return bytes;
}

/** What is in a file from some place on; fewer bytes at its end, however many were asked for. */
async function readAt({ handle, size }: PackFile, position: number, maxLength: number): Promise<Buffer> {
  const length = Math.max(Math.min(maxLength, size - position), 0);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
