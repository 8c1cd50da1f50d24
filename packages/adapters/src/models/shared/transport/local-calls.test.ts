import { collectReply, type ModelDelta } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { type Emit, LocalCalls } from "./local-calls.ts";

const finish: ModelDelta = { type: "finish", reason: "stop" };
const say =
  (...texts: string[]) =>
  async (_: unknown, emit: Emit): Promise<void> => {
    for (const text of texts) emit({ type: "text", text });
    emit(finish);
  };
const load = (): Promise<string> => Promise.resolve("engine");

/** An answer that begins, and ends when it is told to. */
function slowAnswer() {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const answer = async (_: unknown, emit: Emit): Promise<void> => {
    emit({ type: "text", text: "be" });
    await ended;
    emit(finish);
  };
  return { answer, end };
}

describe("LocalCalls", () => {
  it("passes on what an answer emits", async () => {
    const calls = new LocalCalls("m", 1000);
    expect((await collectReply(calls.stream(undefined, { load, answer: say("a", "b") }))).text).toBe("ab");
  });

  it("begins no answer before the one before it has ended, also where that was aborted", async () => {
    const calls = new LocalCalls("m", 1000);
    const slow = slowAnswer();
    const controller = new AbortController();
    const first = calls.stream(controller.signal, { load, answer: slow.answer });
    await first.next();
    let begun = false;
    const second = collectReply(
      calls.stream(undefined, {
        load,
        answer: (engine, emit) => {
          begun = true;
          return say("next")(engine, emit);
        },
      }),
    );
    controller.abort(new Error("enough"));
    await expect(first.next()).rejects.toThrow("enough");
    await new Promise((resolve) => setImmediate(resolve));
    expect(begun).toBe(false);
    slow.end();
    expect((await second).text).toBe("next");
  });

  it("gives the turn back for a reader that never comes back", async () => {
    const calls = new LocalCalls("m", 1000);
    await calls.stream(undefined, { load, answer: say("a", "b", "c") }).next();
    expect((await collectReply(calls.stream(undefined, { load, answer: say("next") }))).text).toBe("next");
  });

  it("ends an answer that takes too long", async () => {
    const calls = new LocalCalls("m", 5);
    const reply = collectReply(calls.stream(undefined, { load, answer: slowAnswer().answer }));
    await expect(reply).rejects.toMatchObject({ code: "MODEL_TIMEOUT" });
  });

  it("passes on why an answer failed, after what came before", async () => {
    const calls = new LocalCalls("m", 1000);
    const iterator = calls.stream(undefined, {
      load,
      answer: async (_, emit) => {
        emit({ type: "text", text: "be" });
        throw new Error("broken");
      },
    });
    expect((await iterator.next()).value).toEqual({ type: "text", text: "be" });
    await expect(iterator.next()).rejects.toThrow("broken");
    expect((await collectReply(calls.stream(undefined, { load, answer: say("next") }))).text).toBe("next");
  });

  it("ends the call that runs and those that wait when it is ended, and refuses more", async () => {
    const calls = new LocalCalls("m", 1000);
    const slow = slowAnswer();
    const first = calls.stream(undefined, { load, answer: slow.answer });
    await first.next();
    const waiting = collectReply(calls.stream(undefined, { load, answer: say("never") }));
    const ended = calls.end();
    await expect(first.next()).rejects.toThrow("disposed of");
    await expect(waiting).rejects.toThrow("disposed of");
    slow.end();
    await ended;
    const later = collectReply(calls.stream(undefined, { load, answer: say("never") }));
    await expect(later).rejects.toMatchObject({ code: "MODEL_UNAVAILABLE" });
  });
});
