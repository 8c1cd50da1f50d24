import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { openLine } from "./platform.ts";

/** Takes minutes where the time grows with the square of the length. */
const length = 16 * 1024 * 1024;
const chunkLength = 1024;

test("a long message that comes in many portions is read in a time that grows with its length", async () => {
  const incoming = new PassThrough();
  const heard: unknown[] = [];
  openLine(incoming, () => {}).listen((message) => void heard.push(message));
  incoming.write('{"text":"');
  for (let sent = 0; sent < length; sent += chunkLength) incoming.write("x".repeat(chunkLength));
  incoming.write('"}\n{"next":1}\n{"rest"');
  await expect.poll(() => heard.length, { timeout: 15_000 }).toBe(2);
  expect(heard).toEqual([{ text: "x".repeat(length) }, { next: 1 }]);
});
