import { Buffer } from "node:buffer";
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { readFairly } from "./read-fairly.ts";

test("a stream that never runs dry leaves time to everything else", async () => {
  const stream = new PassThrough({ highWaterMark: 2 ** 26 });
  const turns: number[] = [];
  let turn = 0;
  let done = false;
  const tick = (): void => {
    turn += 1;
    if (!done) setImmediate(tick);
  };
  tick();
  let bytes = 0;
  readFairly(stream, (chunk) => {
    bytes += chunk.length;
    turns.push(turn);
  });
  for (let i = 0; i < 20; i += 1) stream.write(Buffer.alloc(65_536));
  await new Promise((resolve) => {
    stream.end(resolve);
  });
  await new Promise((resolve) => {
    stream.once("end", resolve);
  });
  done = true;
  expect(bytes).toBe(20 * 65_536);
  expect(new Set(turns).size).toBe(20);
});
