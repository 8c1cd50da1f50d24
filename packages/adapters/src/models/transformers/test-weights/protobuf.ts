/** Numbers are written seven bits at a time, the last first; the eighth bit says that more follow. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  let left = value;
  while (left >= 0x80) {
    bytes.push((left % 0x80) + 0x80);
    left = Math.floor(left / 0x80);
  }
  return [...bytes, left];
}

function bytesField(field: number, bytes: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from([...varint(field * 8 + 2), ...varint(bytes.length)]), bytes]);
}

/**
 * A field of Protocol Buffers that holds a number of 0 or more.
 *
 * Source of all: https://protobuf.dev/programming-guides/encoding/.
 */
export function int(field: number, value: number): Uint8Array {
  return Buffer.from([...varint(field * 8), ...varint(value)]);
}

/** A field that holds a text. */
export function text(field: number, value: string): Uint8Array {
  return bytesField(field, Buffer.from(value));
}

/** A field that holds the bytes of numbers, the lowest byte first as this machine has them. */
export function packed(field: number, numbers: Float32Array | BigInt64Array): Uint8Array {
  return bytesField(field, new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
}

/** A field that holds other fields. */
export function message(field: number, ...fields: readonly Uint8Array[]): Uint8Array {
  return bytesField(field, Buffer.concat(fields));
}
