import { Buffer } from "node:buffer";

/** A message in a stream of the Connect protocol: a byte of flags, four of the length, and the message. */
export function connectEnvelope(message: object, flags = 0): Buffer {
  const body = Buffer.from(JSON.stringify(message));
  const head = Buffer.alloc(5);
  head.writeUInt8(flags, 0);
  head.writeUInt32BE(body.length, 1);
  return Buffer.concat([head, body]);
}

/** The only message of a request. */
export function readEnvelope(bytes: Buffer): unknown {
  const length = bytes.readUInt32BE(1);
  return JSON.parse(bytes.subarray(5, 5 + length).toString()) as unknown;
}
