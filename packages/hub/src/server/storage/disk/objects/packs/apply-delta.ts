/**
 * Makes an object from one that it resembles, and from what differs.
 *
 * Source: gitformat-pack(5), "Deltified representation".
 *
 * @throws RangeError when the delta is not one for this base.
 */
export function applyDelta(base: Buffer, delta: Buffer): Buffer {
  const from = readSize(delta, 0);
  const to = readSize(delta, from.end);
  if (from.size !== base.length) throw new RangeError("the delta is one for another object");
  const result = Buffer.alloc(to.size);
  let filled = 0;
  for (let at = to.end; at < delta.length;) {
    const instruction = delta.readUInt8(at++);
    if (instruction >= 0x80) {
      const copy = readCopy(delta, instruction, at);
      at = copy.end;
      filled += copied(base, copy.offset, copy.size, result, filled);
    } else {
      filled += copied(delta, at, instruction, result, filled);
      at += instruction;
    }
  }
  if (filled !== result.length) throw new RangeError("the delta gives fewer bytes than it says");
  return result;
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

function copied(from: Buffer, offset: number, size: number, to: Buffer, at: number): number {
  if (size === 0 || offset + size > from.length || at + size > to.length) throw new RangeError("the delta is damaged");
  return from.copy(to, at, offset, offset + size);
}
