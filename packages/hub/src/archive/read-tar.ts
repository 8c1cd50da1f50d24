import { tooLarge } from "../manifest/check-files.ts";
import { packageLimits } from "../manifest/package-limits.ts";
import { pathKey, pathProblem } from "../manifest/safe-path.ts";
import { archiveLimits } from "./archive-limits.ts";
import { archiveInvalid, archiveTooLarge, unsafeEntry } from "./archive-refusals.ts";
import { ByteSource } from "./byte-source.ts";
import { paxPath } from "./pax-records.ts";
import { blockBytes, decodeHeader, isZero, type TarHeader } from "./tar-header.ts";

/** Kinds of entries that are refused, for messages. */
const kinds: Readonly<Record<string, string>> = {
  "1": "a hard link",
  "2": "a symbolic link",
  "3": "a device",
  "4": "a device",
  "6": "a pipe",
  L: "a name in the form of GNU tar, which --format=posix does without",
  S: "a sparse file",
  g: "a header for all entries",
};

/** Longest extended header, in bytes. */
const maxPaxBytes = 16 * 1024;

/**
 * Reads a tar archive of plain files and folders. Whatever is more than that is refused, and so is what two readers
 * could understand in two ways.
 *
 * @param chunks - The archive, uncompressed. No more of it is asked for once something is wrong.
 * @param source - The archive, for messages.
 * @returns The files by their paths. Nothing of them is verified yet.
 * @throws ArchiveError `ARCHIVE_INVALID`; PackageError `PATH_UNSAFE`, `PACKAGE_TOO_LARGE`; plain errors for what is no
 *   tar archive, in words that continue a sentence.
 */
export async function readTar(chunks: AsyncIterable<Uint8Array>, source: string): Promise<Map<string, Uint8Array>> {
  const bytes = new ByteSource(capped(chunks, source));
  const files = new Map<string, Uint8Array>();
  const taken = new Set<string>();
  let entries = 0;
  let extended: { path: string | undefined } | undefined;
  for (let header = await nextHeader(bytes); header; header = await nextHeader(bytes)) {
    if (++entries > archiveLimits.maxEntries) throw archiveTooLarge(source, "entries", archiveLimits.maxEntries);
    if (header.type === "x") {
      if (extended) throw new Error("two extended headers follow each other");
      if (header.size > maxPaxBytes) throw new Error("an extended header is too long");
      extended = { path: paxPath(await content(bytes, header.size)) };
      continue;
    }
    const path = plainPath(extended?.path ?? header.path, header, source);
    extended = undefined;
    if (path === "") continue;
    const key = pathKey(path);
    if (taken.has(key)) throw archiveInvalid(source, `two of its entries are ${JSON.stringify(path)}`, path);
    taken.add(key);
    if (header.type === "0") files.set(path, await content(bytes, header.size));
  }
  if (extended) throw new Error("an extended header has no entry");
  return files;
}

/** The path of a plain file or folder; empty for the folder that the archive was made in. */
function plainPath(written: string, { type, size }: TarHeader, source: string): string {
  const isFolder = type === "5";
  if (type !== "0" && !isFolder) {
    const kind = Object.hasOwn(kinds, type) ? kinds[type] : `of the kind ${JSON.stringify(type)}`;
    throw archiveInvalid(source, `its entry ${JSON.stringify(written)} is ${kind}`, written);
  }
  // Archives of the folder "." name all of its entries so.
  const path = written.replace(/^\.\//, "").replace(isFolder ? /\/$/ : /$^/, "");
  const problem = isFolder && (path === "" || path === ".") ? undefined : pathProblem(path, archiveLimits.maxPathBytes);
  if (problem !== undefined) throw unsafeEntry(source, written, problem);
  if (isFolder && size > 0) throw archiveInvalid(source, `its folder ${JSON.stringify(path)} has a content`, path);
  const most = packageLimits.maxFileBytes;
  if (size > most) throw tooLarge(`${path} of ${source}`, size, most);
  return path === "." ? "" : path;
}

/** The next header; `undefined` at the end of the archive: two blocks of zeros, and nothing but zeros behind them. */
async function nextHeader(bytes: ByteSource): Promise<TarHeader | undefined> {
  const block = await bytes.take(blockBytes);
  if (block.byteLength < blockBytes) throw new Error("it breaks off");
  if (!isZero(block)) return decodeHeader(block);
  let rest = await bytes.take(blockBytes);
  if (rest.byteLength < blockBytes) throw new Error("it breaks off");
  for (; rest.byteLength > 0; rest = await bytes.take(64 * 1024)) {
    if (!isZero(rest)) throw new Error("it goes on behind its end");
  }
  return undefined;
}

async function content(bytes: ByteSource, size: number): Promise<Buffer> {
  const padded = Math.ceil(size / blockBytes) * blockBytes;
  const block = await bytes.take(padded);
  if (block.byteLength < padded) throw new Error("it breaks off");
  if (!isZero(block.subarray(size))) throw new Error("there is something between two entries");
  return block.subarray(0, size);
}

/** Ends what expands to more than an archive may. */
async function* capped(chunks: AsyncIterable<Uint8Array>, source: string): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.byteLength;
    if (length > archiveLimits.maxExpandedBytes) {
      throw archiveTooLarge(source, "bytes when it is unpacked", archiveLimits.maxExpandedBytes);
    }
    yield chunk;
  }
}
