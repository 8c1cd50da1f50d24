import { describe, expect, it } from "vitest";
import { userInput } from "./user-input.ts";

describe("userInput", () => {
  it("asks as it is told to, and returns the answer", async () => {
    const tool = userInput({ ask: async (question) => `${question} Blue.` });
    expect(await tool.call({ question: "Which colour?" })).toBe("Which colour? Blue.");
  });

  it("ends with its caller, also where the one who asks heeds no signal", async () => {
    const abort = new AbortController();
    const call = userInput({ ask: () => new Promise(() => {}) }).call({ question: "?" }, { signal: abort.signal });
    abort.abort(new Error("enough"));
    await expect(call).rejects.toThrow("enough");
  });

  it("tells the one who asks when the caller ends", async () => {
    const abort = new AbortController();
    let told: unknown;
    const ask = (_: string, { signal }: { signal: AbortSignal }): Promise<string> => {
      signal.addEventListener("abort", () => (told = signal.reason));
      queueMicrotask(() => abort.abort("enough"));
      return new Promise(() => {});
    };
    const call = userInput({ ask }).call({ question: "?" }, { signal: abort.signal });
    await expect(call).rejects.toBe("enough");
    expect(told).toBe("enough");
  });

  it("says why nobody could be asked", async () => {
    const tool = userInput({ ask: () => Promise.reject(new Error("nobody is there")) });
    await expect(tool.call({ question: "?" })).rejects.toMatchObject({
      code: "TOOL_FAILED",
      message: "user_input failed: nobody is there",
    });
  });
});
