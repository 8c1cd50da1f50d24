import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { collectReply, textMessage } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { LlamaCppModel } from "./llama-cpp-model.ts";

// What it does with a model's weights is tested in test/interop, which has some.
const request = { messages: [textMessage("user", "hi")] };

describe("LlamaCppModel", () => {
  it("is named after its file, and shows what it can do before it is loaded", () => {
    const model = new LlamaCppModel({ modelPath: "/models/SmolLM3.Q4_K_M.gguf" });
    expect(model).toMatchObject({ id: "SmolLM3.Q4_K_M", provider: "llama-cpp" });
    expect(model.supports).toEqual({ tools: true, images: false, structuredOutput: true });
  });

  it.each([["contextSize"], ["threads"], ["maxTokens"], ["timeoutMs"]])("refuses a %s of 0", (name) => {
    expect(() => new LlamaCppModel({ modelPath: "m.gguf", [name]: 0 })).toThrow(
      expect.objectContaining({ code: "MODEL_OPTIONS_INVALID", data: { option: name } }),
    );
  });

  it("refuses an empty path", () => {
    expect(() => new LlamaCppModel({ modelPath: "" })).toThrow("modelPath");
  });

  it("says that a file is missing at each call, not at the first alone", async () => {
    await using model = new LlamaCppModel({ modelPath: "/missing/model.gguf", gpu: false });
    for (const attempt of [1, 2]) {
      const reply = collectReply(model.stream(request));
      await expect(reply, `attempt ${attempt}`).rejects.toMatchObject({ code: "MODEL_UNAVAILABLE" });
    }
  });

  it("says that a file is no model", async () => {
    const folder = await mkdtemp(join(tmpdir(), "smoltools-"));
    try {
      await writeFile(join(folder, "m.gguf"), "no model");
      await using model = new LlamaCppModel({ modelPath: join(folder, "m.gguf"), gpu: false });
      await expect(collectReply(model.stream(request))).rejects.toThrow("Is modelPath a GGUF file");
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("ends a call that waits for the model to be loaded", async () => {
    await using model = new LlamaCppModel({ modelPath: "/missing/model.gguf", gpu: false });
    const controller = new AbortController();
    const reply = collectReply(model.stream(request, { signal: controller.signal }));
    controller.abort(new Error("enough"));
    await expect(reply).rejects.toThrow("enough");
  });

  it("loads nothing when it is disposed of before its first call", async () => {
    const model = new LlamaCppModel({ modelPath: "/missing/model.gguf" });
    await model.dispose();
    await expect(collectReply(model.stream(request))).rejects.toThrow("disposed of");
  });
});
