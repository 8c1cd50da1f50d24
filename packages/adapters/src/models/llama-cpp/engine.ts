import { errorMessage, ModelError } from "@smoltools/core";
import type { Llama, LlamaChat, LlamaModel } from "node-llama-cpp";
import { importPeer } from "../../shared/optional-peer.ts";
import type { LlamaCppSettings } from "./options.ts";

/** A model in memory, with the one context in which it answers. */
export interface Engine {
  llama: Llama;
  model: LlamaModel;
  chat: LlamaChat;
}

/**
 * Reads the model into memory. Nothing is compiled or downloaded.
 *
 * @throws AdapterError when node-llama-cpp is missing; ModelError `MODEL_UNAVAILABLE` when the model cannot be loaded.
 */
export async function loadEngine(settings: LlamaCppSettings): Promise<Engine> {
  const { getLlama, LlamaChat, LlamaLogLevel } = await importPeer(() => import("node-llama-cpp"), {
    packageName: "node-llama-cpp",
    versions: "^3.22.0",
    neededFor: "LlamaCppModel",
  });
  const { modelPath, contextSize, gpu, gpuLayers, threads } = settings;
  let llama: Llama | undefined;
  try {
    llama = await getLlama({
      build: "never",
      skipDownload: true,
      gpu,
      maxThreads: threads,
      logLevel: LlamaLogLevel.error,
      // What went wrong comes as an error; nothing is written to the program's output.
      logger: () => undefined,
      progressLogs: false,
    });
    const model = await llama.loadModel({ modelPath, ...(gpuLayers !== undefined && { gpuLayers }) });
    const context = await model.createContext({ threads, ...(contextSize !== undefined && { contextSize }) });
    return { llama, model, chat: new LlamaChat({ contextSequence: context.getSequence() }) };
  } catch (cause) {
    await llama?.dispose();
    throw new ModelError(
      `The model ${settings.id} cannot be loaded: ${errorMessage(cause)}. Is modelPath a GGUF file that ` +
        "this version of node-llama-cpp knows, and is there memory for it? A smaller contextSize needs less.",
      { code: "MODEL_UNAVAILABLE", cause },
    );
  }
}
