import { expect, it } from "vitest";
import { loadRuntime } from "../source/runtime-module.ts";

const { bytesOf } = (await loadRuntime("bounded-fetch.js")) as {
  bytesOf(response: Response, maxBytes?: number): Promise<Uint8Array>;
};

/** Pieces of 1000 bytes without end, and how many of them were taken. */
function endless(): { response: Response; taken: () => number } {
  let taken = 0;
  const body = new ReadableStream({
    pull(controller) {
      // An end after all, so that a reader without a limit fails instead of never coming back.
      if (++taken > 1000) controller.close();
      else controller.enqueue(new Uint8Array(1000));
    },
  });
  return { response: new Response(body), taken: () => taken };
}

it("bytes are read whole, in however many pieces they come", async () => {
  const body = new ReadableStream({
    start(controller) {
      for (const piece of [[1, 2], [], [3]]) controller.enqueue(new Uint8Array(piece));
      controller.close();
    },
  });
  expect(await bytesOf(new Response(body))).toEqual(new Uint8Array([1, 2, 3]));
  expect(await bytesOf(new Response(null))).toEqual(new Uint8Array());
});

it("too many bytes are not read to their end", async () => {
  const { response, taken } = endless();
  await expect(bytesOf(response, 5000)).rejects.toThrow("more than 5000 bytes");
  expect(taken()).toBeLessThan(10);
});
