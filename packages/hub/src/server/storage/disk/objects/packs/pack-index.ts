const magic = 0xff744f63;
const supportedVersion = 2;

/** Where the tables begin: behind the magic number, the version, and the table of first bytes. */
const tablesAt = 8 + 256 * 4;
const nameBytes = 20;
/** At the end of the file stand the checksums of the pack and of the index. */
const trailerBytes = 2 * nameBytes;

/**
 * Says where the objects of a pack are: the `.idx` file beside it.
 *
 * Source: gitformat-pack(5), "Version 2 pack-*.idx files".
 */
export class PackIndex {
  readonly #bytes: Buffer;
  readonly #count: number;
  /** Where the tables of offsets begin: that of 4 bytes each, and that of 8 bytes for what lies behind 2 GiB. */
  readonly #offsetsAt: number;
  readonly #largeOffsetsAt: number;

  /** @throws Error that says what is wrong with the file. */
  constructor(bytes: Buffer) {
    if (bytes.length < tablesAt + trailerBytes || bytes.readUInt32BE(0) !== magic)
      throw new Error("it is no pack index");
    const version = bytes.readUInt32BE(4);
    if (version !== supportedVersion) throw new Error(`it has the version ${version}, not ${supportedVersion}`);
    this.#bytes = bytes;
    this.#count = bytes.readUInt32BE(tablesAt - 4);
    this.#offsetsAt = tablesAt + this.#count * (nameBytes + 4);
    this.#largeOffsetsAt = this.#offsetsAt + this.#count * 4;
    if (bytes.length < this.#largeOffsetsAt + trailerBytes) throw new Error("the pack index breaks off");
    for (let first = 1; first < 256; first++) {
      if (this.#upTo(first) < this.#upTo(first - 1)) throw new Error("its table of first bytes is out of order");
    }
  }

  /** Size of the file. */
  get byteLength(): number {
    return this.#bytes.length;
  }

  /**
   * Where an object begins in the pack; `undefined` for one that is not in it.
   *
   * @throws RangeError when the place is said to stand behind the end of the index.
   */
  offset(oid: string): number | undefined {
    const name = Buffer.from(oid, "hex");
    const place = this.#firstFrom(name);
    if (place === this.#count || this.#bytes.compare(name, 0, nameBytes, ...this.#nameAt(place)) !== 0)
      return undefined;
    const offset = this.#bytes.readUInt32BE(this.#offsetsAt + place * 4);
    if (offset < 2 ** 31) return offset;
    return Number(this.#bytes.readBigUInt64BE(this.#largeOffsetsAt + (offset - 2 ** 31) * 8));
  }

  /** The ids that start with some digits; no more than two, which is enough to tell that there are several. */
  startingWith(digits: string): string[] {
    const found: string[] = [];
    let place = this.#firstFrom(Buffer.from(digits.padEnd(2 * nameBytes, "0"), "hex"));
    for (; place < this.#count && found.length < 2; place += 1) {
      const oid = this.#bytes.toString("hex", ...this.#nameAt(place));
      if (!oid.startsWith(digits)) break;
      found.push(oid);
    }
    return found;
  }

  /** The place of the first name that does not come before this one. */
  #firstFrom(name: Buffer): number {
    const first = name[0] ?? 0;
    let low = first === 0 ? 0 : this.#upTo(first - 1);
    let high = this.#upTo(first);
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#bytes.compare(name, 0, nameBytes, ...this.#nameAt(middle)) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** How many names begin with this byte or a lower one. */
  #upTo(first: number): number {
    return this.#bytes.readUInt32BE(tablesAt - 256 * 4 + first * 4);
  }

  #nameAt(place: number): [start: number, end: number] {
    return [tablesAt + place * nameBytes, tablesAt + (place + 1) * nameBytes];
  }
}
