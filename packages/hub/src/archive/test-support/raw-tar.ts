import { gzipSync } from "node:zlib";

/** An entry of a tar archive, with whatever its header is to say. */
export interface RawEntry {
  name?: string | Uint8Array;
  content?: string | Uint8Array;
  type?: string;
  /** What the header says of the size; by default that of the content. */
  size?: string;
  linkName?: string;
  prefix?: string;
  magic?: string;
  checksum?: string;
  /** Bytes that are put into the finished header, by their place; the checksum is right all the same. */
  patch?: Record<number, number>;
}

/** The bytes of an entry: a header of POSIX's form, and the content with its padding. */
export function rawEntry(entry: RawEntry): Buffer {
  const header = Buffer.alloc(512);
  const content = Buffer.from(entry.content ?? "");
  const put = (at: number, text: string | Uint8Array) => Buffer.from(text).copy(header, at);
  put(0, entry.name ?? "package/x");
  put(100, "0000644\0");
  put(108, "0001750\0");
  put(116, "0001750\0");
  put(124, entry.size ?? `${content.byteLength.toString(8).padStart(11, "0")}\0`);
  put(136, "14700000000\0");
  put(156, entry.type ?? "0");
  put(157, entry.linkName ?? "");
  put(257, entry.magic ?? "ustar\x0000");
  put(345, entry.prefix ?? "");
  for (const [at, byte] of Object.entries(entry.patch ?? {})) header[Number(at)] = byte;
  put(148, "        ");
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(148, entry.checksum ?? `${sum.toString(8).padStart(6, "0")}\0 `);
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.byteLength % 512)) % 512)]);
}

/** A tar archive of these entries, with the two blocks that end it. */
export function rawTar(entries: readonly RawEntry[]): Buffer {
  return Buffer.concat([...entries.map(rawEntry), Buffer.alloc(1024)]);
}

/** The same, compressed. */
export function rawTgz(entries: readonly RawEntry[]): Buffer {
  return gzipSync(rawTar(entries));
}

/** An extended header with these records, whose lengths are right. */
export function rawPax(...records: string[]): RawEntry {
  const content = records.map((record) => {
    const rest = ` ${record}\n`;
    let length = Buffer.byteLength(rest) + 1;
    while (`${length}${rest}`.length + Buffer.byteLength(rest) - rest.length !== length) length++;
    return `${length}${rest}`;
  });
  return { type: "x", name: "PaxHeaders/x", content: content.join("") };
}
