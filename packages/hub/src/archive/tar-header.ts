/** Size of a block: headers are one, contents are padded to whole ones. */
export const blockBytes = 512;

/** What a header says of its entry, as far as it plays a part. */
export interface TarHeader {
  path: string;
  /** Of what follows, in bytes. */
  size: number;
  /** The letter of its kind. */
  type: string;
}

/** Where the fields of a header are. Source: POSIX.1-2017, pax, "ustar Interchange Format". */
const fields = {
  name: [0, 100],
  mode: [100, 108],
  uid: [108, 116],
  gid: [116, 124],
  size: [124, 136],
  mtime: [136, 148],
  checksum: [148, 156],
  type: [156, 157],
  linkName: [157, 257],
  magic: [257, 265],
  prefix: [345, 500],
  rest: [500, 512],
} as const satisfies Record<string, readonly [number, number]>;

type Field = keyof typeof fields;

const posixMagic = "ustar\x0000";
const gnuMagic = "ustar  \0";

/** The header of an entry; with the same rights, owner and time for all. Its path has to fit: see {@link splitPath}. */
export function encodeHeader({ path, size, type }: TarHeader): Uint8Array {
  const header = Buffer.alloc(blockBytes);
  const write = (field: Field, text: string) => header.write(text, fields[field][0], "utf8");
  const [prefix, name] = splitPath(path) ?? ["", path.slice(0, 50)];
  write("name", name);
  write("prefix", prefix);
  write("mode", "0000644\0");
  write("uid", "0000000\0");
  write("gid", "0000000\0");
  write("size", `${size.toString(8).padStart(11, "0")}\0`);
  write("mtime", "00000000000\0");
  write("type", type);
  write("magic", posixMagic);
  write("checksum", `${checksumOf(header).toString(8).padStart(6, "0")}\0 `);
  return header;
}

/**
 * Divides a path over the two fields of a header that hold it.
 *
 * @returns `undefined` for a path that does not fit, or that has other characters than those of ASCII.
 */
export function splitPath(path: string): [prefix: string, name: string] | undefined {
  if (!/^[\x20-\x7e]+$/.test(path)) return undefined;
  if (path.length <= 100) return ["", path];
  const slash = path.indexOf("/", path.length - 101);
  return slash > 0 && slash <= 155 ? [path.slice(0, slash), path.slice(slash + 1)] : undefined;
}

/**
 * Reads a header, of POSIX's form or of GNU tar's where that has no extensions of its own.
 *
 * @throws Error that says what is wrong, in words that continue a sentence.
 */
export function decodeHeader(header: Buffer): TarHeader {
  const magic = header.toString("latin1", ...fields.magic);
  if (magic !== posixMagic && magic !== gnuMagic) throw new Error("an entry has no header of the ustar format");
  if (octal(header, "checksum") !== checksumOf(header)) throw new Error("the checksum of a header is wrong");
  // In GNU's form other things stand where the prefix is: an archive of plain files has none of them.
  if (!isZero(header.subarray(magic === gnuMagic ? fields.prefix[0] : fields.rest[0]))) {
    throw new Error("a header has extensions");
  }
  if (!isZero(part(header, "linkName"))) throw new Error("an entry is a link");
  const prefix = text(header, "prefix");
  const name = text(header, "name");
  return {
    path: prefix === "" ? name : `${prefix}/${name}`,
    size: octal(header, "size"),
    type: header.toString("latin1", ...fields.type),
  };
}

/** True for bytes that are all zero. */
export function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}

function part(header: Buffer, field: Field): Buffer {
  return header.subarray(...fields[field]);
}

/** A text up to the first zero. Another text behind it would be read by some and not by others. */
function text(header: Buffer, field: Field): string {
  const bytes = part(header, field);
  const end = bytes.indexOf(0);
  if (end !== -1 && !isZero(bytes.subarray(end))) throw new Error("a name goes on behind its end");
  return new TextDecoder("utf-8", { fatal: true }).decode(end === -1 ? bytes : bytes.subarray(0, end));
}

/** A number in octal digits; not in the binary form that some have for large ones. */
function octal(header: Buffer, field: Field): number {
  const digits = /^([0-7]+)[ \0]{0,2}$/.exec(part(header, field).toString("latin1"))?.[1];
  if (digits === undefined) throw new Error(`the ${field} in a header is no number`);
  return Number.parseInt(digits, 8);
}

/** The sum of all bytes, where those of the checksum itself count as spaces. */
function checksumOf(header: Buffer): number {
  const [from, to] = fields.checksum;
  let sum = 0;
  for (const [index, byte] of header.entries()) sum += index >= from && index < to ? 0x20 : byte;
  return sum;
}
