import { crc32, createInflateRaw, deflateRawSync } from "node:zlib";

/** The header of a gzip file without a name, a time and a system. Source: RFC 1952, section 2.3. */
const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 0xff]);

/** Compresses: the same bytes give the same file, with the same version of zlib. */
export function gzip(bytes: Uint8Array): Uint8Array {
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(bytes), 0);
  trailer.writeUInt32LE(bytes.byteLength % 2 ** 32, 4);
  return Buffer.concat([header, deflateRawSync(bytes, { level: 9 }), trailer]);
}

/**
 * Unpacks a gzip file of exactly one member, piece by piece: nobody has to hold what a small file expands to.
 *
 * Common readers ignore what stands behind the end, or read on where it looks like another member. Here it is an error.
 *
 * @throws Error that says what is wrong, in words that continue a sentence.
 */
export async function* gunzip(file: Uint8Array): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const start = endOfHeader(bytes);
  const inflate = createInflateRaw({ chunkSize: 64 * 1024 });
  inflate.end(bytes.subarray(start));
  let checksum = 0;
  let length = 0;
  try {
    for await (const chunk of inflate as AsyncIterable<Buffer>) {
      checksum = crc32(chunk, checksum);
      length += chunk.byteLength;
      yield chunk;
    }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code?.startsWith("Z_") !== true) throw cause;
    throw new Error("its compressed data are damaged or break off", { cause });
  }
  const trailer = bytes.subarray(start + inflate.bytesWritten);
  if (trailer.byteLength < 8) throw new Error("it breaks off");
  if (trailer.byteLength > 8) throw new Error("it goes on behind its end");
  if (trailer.readUInt32LE(0) !== checksum || trailer.readUInt32LE(4) !== length % 2 ** 32) {
    throw new Error("its checksum is wrong");
  }
}

/** Where the compressed data begin: behind the fixed header, and the name of the file if there is one. */
function endOfHeader(bytes: Buffer): number {
  if (bytes.byteLength < 18 || bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8) {
    throw new Error("it is not compressed with gzip");
  }
  const flags = bytes[3] ?? 0;
  if (flags === 0) return header.byteLength;
  const end = flags === 8 ? bytes.subarray(0, 1024).indexOf(0, header.byteLength) : -1;
  if (end === -1) throw new Error("it has an unusual gzip header");
  return end + 1;
}
