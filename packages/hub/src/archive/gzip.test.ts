import { gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gunzip, gzip } from "./gzip.ts";

async function unpack(bytes: Uint8Array): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of gunzip(bytes)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const text = Buffer.from("hello ".repeat(1000));

describe("gzip and gunzip", () => {
  it("give back what they were given", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), async (bytes) => {
        expect((await unpack(gzip(bytes))).equals(bytes)).toBe(true);
        expect(gunzipSync(gzip(bytes)).equals(bytes)).toBe(true);
      }),
    );
  });

  it("say nothing of the time and the system", () => {
    expect([...gzip(text).subarray(0, 10)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 0xff]);
    expect(gzip(text)).toEqual(gzip(text));
  });

  it("read what others write, with the name of the file too", async () => {
    expect((await unpack(gzipSync(text))).equals(text)).toBe(true);
    const plain = gzipSync(text);
    const named = Buffer.concat([plain.subarray(0, 10), Buffer.from("x.tar\0"), plain.subarray(10)]);
    named[3] = 8;
    expect((await unpack(named)).equals(text)).toBe(true);
  });

  it.each<[string, Buffer, string]>([
    ["nothing", Buffer.alloc(0), "not compressed"],
    ["something else", Buffer.from("PK\x03\x04 and a little more of it"), "not compressed"],
    ["a header with flags", Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 4]), Buffer.alloc(20)]), "unusual"],
    ["a name without end", Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 8]), Buffer.alloc(3000, 65)]), "unusual"],
    ["a second member", Buffer.concat([gzipSync(text), gzipSync(text)]), "goes on behind its end"],
    ["something behind its end", Buffer.concat([gzipSync(text), Buffer.from("x")]), "goes on behind its end"],
    ["zeros behind its end", Buffer.concat([gzipSync(text), Buffer.alloc(512)]), "goes on behind its end"],
    ["half of its data", gzipSync(text).subarray(0, 25), "break"],
    ["no checksum", gzipSync(text).subarray(0, -8), "breaks off"],
    ["half of its checksum", gzipSync(text).subarray(0, -4), "breaks off"],
    ["a wrong checksum", flipped(gzipSync(text), -6), "checksum is wrong"],
    ["a wrong length", flipped(gzipSync(text), -2), "checksum is wrong"],
    ["damaged data", flipped(gzipSync(text), 12), "damaged"],
  ])("refuse a file with %s", async (_title, bytes, words) => {
    await expect(unpack(bytes)).rejects.toThrow(words);
  });

  it("unpack no more than is asked for", async () => {
    const bomb = gzipSync(Buffer.alloc(256 * 1024 * 1024), { level: 1 });
    const before = process.memoryUsage().arrayBuffers;
    let length = 0;
    for await (const chunk of gunzip(bomb)) {
      length += chunk.byteLength;
      if (length > 1024 * 1024) break;
    }
    expect(length).toBeLessThan(2 * 1024 * 1024);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 1024 * 1024);
  });
});

function flipped(bytes: Buffer, at: number): Buffer {
  const index = at < 0 ? bytes.byteLength + at : at;
  bytes[index] = (bytes[index] ?? 0) ^ 0xff;
  return bytes;
}
