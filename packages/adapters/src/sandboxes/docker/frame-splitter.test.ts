import { Buffer } from "node:buffer";
import fc from "fast-check";
import { expect, test } from "vitest";
import { FrameSplitter, type FrameStream } from "./frame-splitter.ts";

interface Frame {
  stream: FrameStream;
  bytes: Uint8Array;
}

function encoded({ stream, bytes }: Frame): Buffer {
  const header = Buffer.alloc(8);
  header[0] = stream === "stderr" ? 2 : 1;
  header.writeUInt32BE(bytes.length, 4);
  return Buffer.concat([header, bytes]);
}

function joined(frames: readonly Frame[], stream: FrameStream): string {
  return Buffer.concat(frames.filter((frame) => frame.stream === stream).map(({ bytes }) => bytes)).toString("hex");
}

const frames = fc.array(
  fc.record({ stream: fc.constantFrom<FrameStream>("stdout", "stderr"), bytes: fc.uint8Array({ maxLength: 40 }) }),
);

test("gives each stream its bytes, however the frames are cut into chunks", () => {
  fc.assert(
    fc.property(frames, fc.array(fc.integer({ min: 1, max: 60 })), (sent, sizes) => {
      const received: Frame[] = [];
      const splitter = new FrameSplitter((stream, bytes) => received.push({ stream, bytes }));
      let rest = Buffer.concat(sent.map(encoded));
      for (const size of [...sizes, rest.length]) {
        splitter.push(rest.subarray(0, size));
        rest = rest.subarray(size);
      }
      for (const stream of ["stdout", "stderr"] as const) expect(joined(received, stream)).toBe(joined(sent, stream));
    }),
  );
});

test("passes a part of a frame on before the rest has come", () => {
  const received: string[] = [];
  const splitter = new FrameSplitter((_stream, bytes) => received.push(bytes.toString()));
  splitter.push(encoded({ stream: "stdout", bytes: Buffer.from("first second") }).subarray(0, 13));
  expect(received).toEqual(["first"]);
});
