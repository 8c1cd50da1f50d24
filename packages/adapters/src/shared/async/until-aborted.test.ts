import { describe, expect, it } from "vitest";
import { untilAborted } from "./until-aborted.ts";

describe("waiting until something comes or the signal is aborted", () => {
  it("gives what comes", async () => {
    expect(await untilAborted(Promise.resolve(1), new AbortController().signal)).toBe(1);
  });

  it("rejects with the reason when the signal is aborted first", async () => {
    const controller = new AbortController();
    const wait = untilAborted(new Promise(() => {}), controller.signal);
    controller.abort("enough");
    await expect(wait).rejects.toBe("enough");
  });

  it("leaves no rejection that nobody hears when the signal was aborted before", async () => {
    const unheard: unknown[] = [];
    const hear = (reason: unknown): number => unheard.push(reason);
    process.on("unhandledRejection", hear);
    const late = new Promise((_, reject) => setImmediate(() => reject(new Error("too late"))));
    await expect(untilAborted(late, AbortSignal.abort("enough"))).rejects.toBe("enough");
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.off("unhandledRejection", hear);
    expect(unheard).toEqual([]);
  });
});
