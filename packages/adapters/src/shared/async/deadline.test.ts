import { describe, expect, it } from "vitest";
import { Deadline } from "./deadline.ts";

describe("Deadline", () => {
  it("aborts with the caller's reason", () => {
    const controller = new AbortController();
    const deadline = new Deadline(controller.signal);
    controller.abort("enough");
    expect(deadline.signal.reason).toBe("enough");
  });

  it("is aborted from the beginning when the caller is", () => {
    expect(new Deadline(AbortSignal.abort("enough")).signal.reason).toBe("enough");
  });

  it("aborts with its own reason when the time is up", async () => {
    const deadline = new Deadline(new AbortController().signal);
    deadline.arm(1, () => "too late");
    await new Promise((resolve) => deadline.signal.addEventListener("abort", resolve));
    expect(deadline.signal.reason).toBe("too late");
  });

  it.each<[string, (deadline: Deadline) => void]>([
    ["disarmed", (deadline) => deadline.disarm()],
    ["armed anew for longer", (deadline) => deadline.arm(60_000, () => "later")],
    ["armed anew without end", (deadline) => deadline.arm(Infinity, () => "never")],
    ["disposed", (deadline) => deadline[Symbol.dispose]()],
  ])("does not abort once it is %s", async (_, end) => {
    using deadline = new Deadline(new AbortController().signal);
    deadline.arm(1, () => "too late");
    end(deadline);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(deadline.signal.aborted).toBe(false);
  });

  it("takes no notice of the caller once it is disposed", () => {
    const controller = new AbortController();
    const deadline = new Deadline(controller.signal);
    deadline[Symbol.dispose]();
    controller.abort();
    expect(deadline.signal.aborted).toBe(false);
  });
});
