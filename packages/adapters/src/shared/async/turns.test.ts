import { describe, expect, it } from "vitest";
import { Turns } from "./turns.ts";

const never = new AbortController().signal;

describe("Turns", () => {
  it("lets one after another in, in their order", async () => {
    const turns = new Turns();
    const log: string[] = [];
    const work = async (name: string): Promise<void> => {
      using _turn = await turns.take(never);
      log.push(`${name} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      log.push(`${name} ends`);
    };
    await Promise.all([work("a"), work("b")]);
    expect(log).toEqual(["a begins", "a ends", "b begins", "b ends"]);
  });

  it("gives a turn up when its signal is aborted, and keeps the order of the others", async () => {
    const turns = new Turns();
    const controller = new AbortController();
    const first = await turns.take(never);
    const second = turns.take(controller.signal);
    let third = false;
    const later = turns.take(never).then((turn) => {
      third = true;
      return turn;
    });
    controller.abort("enough");
    await expect(second).rejects.toBe("enough");
    expect(third).toBe(false);
    first[Symbol.dispose]();
    await later;
    expect(third).toBe(true);
  });

  it("takes no turn for a signal that is aborted already", async () => {
    const turns = new Turns();
    await expect(turns.take(AbortSignal.abort("enough"))).rejects.toBe("enough");
    (await turns.take(never))[Symbol.dispose]();
  });
});
