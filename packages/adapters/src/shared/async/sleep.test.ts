import { describe, expect, it } from "vitest";
import { sleep } from "./sleep.ts";

const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;

describe("sleep", () => {
  it("waits", async () => {
    const begun = performance.now();
    await sleep(20, new AbortController().signal);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(18);
  });

  it("rejects with the signal's reason when it is aborted, and leaves no timer", async () => {
    const before = timers();
    const controller = new AbortController();
    const slept = sleep(60_000, controller.signal);
    expect(timers()).toBe(before + 1);
    controller.abort("enough");
    await expect(slept).rejects.toBe("enough");
    expect(timers()).toBe(before);
  });

  it("rejects where the signal is aborted already, also for no time", async () => {
    await expect(sleep(0, AbortSignal.abort("enough"))).rejects.toBe("enough");
  });

  it("does not end at once where a timer cannot count so far", async () => {
    const controller = new AbortController();
    const slept = sleep(2 ** 40, controller.signal);
    const first = await Promise.race([slept, new Promise((resolve) => setTimeout(resolve, 30, "still asleep"))]);
    expect(first).toBe("still asleep");
    controller.abort("enough");
    await expect(slept).rejects.toBe("enough");
  });
});
