import { paxRecord } from "./pax-records.ts";
import { blockBytes, encodeHeader, splitPath } from "./tar-header.ts";

/** Writes files as a tar archive of POSIX's form: the same files in the same order give the same bytes. */
export function writeTar(files: Iterable<readonly [path: string, bytes: Uint8Array]>): Uint8Array {
  const blocks: Uint8Array[] = [];
  const add = (path: string, type: string, bytes: Uint8Array) => {
    const padding = (blockBytes - (bytes.byteLength % blockBytes)) % blockBytes;
    blocks.push(encodeHeader({ path, size: bytes.byteLength, type }), bytes, Buffer.alloc(padding));
  };
  for (const [path, bytes] of files) {
    // A path that the header has no room for goes into an extended header, before the file's own.
    if (!splitPath(path)) add("PaxHeader", "x", Buffer.from(paxRecord("path", path)));
    add(path, "0", bytes);
  }
  blocks.push(Buffer.alloc(2 * blockBytes));
  return Buffer.concat(blocks);
}
