import { describe, expect, it } from "vitest";
import { RequestPacer } from "./request-pacer.ts";

const never = new AbortController().signal;

/** Each timer may fire a millisecond early. */
const tolerance = 4;

describe("RequestPacer", () => {
  it("starts requests at least an interval apart, in the order in which they ask", async () => {
    const pacer = new RequestPacer(60_000 / 30);
    const begun = performance.now();
    const starts: { request: number; afterMs: number }[] = [];
    await Promise.all(
      [0, 1, 2, 3].map(async (request) => {
        await pacer.turn(never);
        starts.push({ request, afterMs: performance.now() - begun });
      }),
    );
    expect(starts.map(({ request }) => request)).toEqual([0, 1, 2, 3]);
    for (const { request, afterMs } of starts) expect(afterMs).toBeGreaterThanOrEqual(request * 30 - tolerance);
  });

  it("does not make the first request wait", async () => {
    await expect(new RequestPacer(1 / 60).turn(never)).resolves.toBeUndefined();
  });

  it("rejects a waiting request that is aborted with the signal's reason, at once", async () => {
    const pacer = new RequestPacer(1 / 60);
    await pacer.turn(never);
    const controller = new AbortController();
    const turns = [pacer.turn(controller.signal), pacer.turn(controller.signal)];
    controller.abort(new Error("enough"));
    for (const turn of turns) await expect(turn).rejects.toThrow("enough");
  });

  it("gives the turn of an aborted request to the next", async () => {
    const pacer = new RequestPacer(60_000 / 60);
    await pacer.turn(never);
    const begun = performance.now();
    const given = Array.from({ length: 50 }, () => pacer.turn(AbortSignal.abort(new Error("enough"))));
    await Promise.allSettled(given);
    await pacer.turn(never);
    expect(performance.now() - begun).toBeLessThan(50 * 60);
  });
});
