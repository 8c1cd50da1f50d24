/** Bytes of the result: of the base, or of the delta itself. */
interface Part {
  from: "base" | "delta";
  start: number;
  size: number;
}

/**
 * Makes an object from one that it resembles, and from what differs.
 *
 * Source: gitformat-pack(5), "Deltified representation".
 *
 * @param maxBytes - Largest object that may come of it.
 * @throws RangeError when the delta is not one for this base, or the object would be larger.
 */
export function applyDelta(base: Buffer, delta: Buffer, maxBytes: number): Buffer {
  const from = readSize(delta, 0);
  const to = readSize(delta, from.end);
  if (from.size !== base.length) throw new RangeError("the delta is one for another object");
  if (to.size > maxBytes) throw new RangeError(`the delta makes an object of more than ${maxBytes} bytes`);
  // Counted before there is room for it: a damaged delta may say any size.
  let size = 0;
  for (const part of partsOf(delta, to.end)) {
    const source = part.from === "base" ? base : delta;
    if (part.size === 0 || part.start + part.size > source.length) throw new RangeError("the delta is damaged");
    size += part.size;
  }
  if (size !== to.size) throw new RangeError("the delta gives another number of bytes than it says");
  const result = Buffer.alloc(size);
  let filled = 0;
  for (const part of partsOf(delta, to.end)) {
    const source = part.from === "base" ? base : delta;
    filled += source.copy(result, filled, part.start, part.start + part.size);
  }
  return result;
}

/** The parts of the result, one for each instruction. */
function* partsOf(delta: Buffer, start: number): Generator<Part> {
  for (let at = start; at < delta.length;) {
    const instruction = delta.readUInt8(at++);
    if (instruction >= 0x80) {
      const { offset, size, end } = readCopy(delta, instruction, at);
      yield { from: "base", start: offset, size };
      at = end;
    } else {
      yield { from: "delta", start: at, size: instruction };
      at += instruction;
    }
  }
}

/** A number of 7 bits a byte, the lowest first. */
function readSize(delta: Buffer, start: number): { size: number; end: number } {
  let size = 0;
  for (let at = start, factor = 1; ; at++, factor *= 0x80) {
    const byte = delta.readUInt8(at);
    size += (byte & 0x7f) * factor;
    if (byte < 0x80) return { size, end: at + 1 };
  }
}

/** An instruction to copy: its low bits say which bytes of the offset and of the size follow. The others are zero. */
function readCopy(delta: Buffer, instruction: number, start: number): { offset: number; size: number; end: number } {
  const bytes = [0, 0, 0, 0, 0, 0, 0];
  let end = start;
  for (const index of bytes.keys()) if (instruction & (1 << index)) bytes[index] = delta.readUInt8(end++);
  const [a = 0, b = 0, c = 0, d = 0, x = 0, y = 0, z = 0] = bytes;
  const size = x + y * 0x100 + z * 0x1_0000;
  return { offset: a + b * 0x100 + c * 0x1_0000 + d * 0x100_0000, size: size === 0 ? 0x1_0000 : size, end };
}
