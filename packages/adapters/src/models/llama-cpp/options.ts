import { availableParallelism } from "node:os";
import { basename } from "node:path";
import { invalidOption } from "../shared/errors/model-options-error.ts";

/** How tokens are chosen, for each request that does not say otherwise. */
export interface LlamaCppSampling {
  /** Randomness; 0, the default, takes the likeliest token. */
  temperature?: number;
  /** Chooses among the likeliest tokens that together have this probability, from 0 to 1. */
  topP?: number;
  /** Chooses among this many of the likeliest tokens. */
  topK?: number;
  /** Leaves out tokens that are less probable than this part of the likeliest one's probability. */
  minP?: number;
  /** Makes choices repeatable. */
  seed?: number;
  /** Lowers the probability of tokens of the last 64: above 1, such as 1.1. Default 1, which is off. */
  repeatPenalty?: number;
}

/** Options of `LlamaCppModel`. Times are milliseconds. */
export interface LlamaCppModelOptions extends LlamaCppSampling {
  /** Path of a model file in the GGUF format. Nothing is ever downloaded. */
  modelPath: string;
  /** The model's name, for logs. Default is the name of the file without `.gguf`. */
  id?: string;
  /**
   * Tokens that conversation and answer may have together. Default is what the model was trained for, as far as the
   * memory allows.
   */
  contextSize?: number;
  /** Where the model is computed: `false` for the processor alone. Default `"auto"`, the best that works. */
  gpu?: "auto" | "metal" | "cuda" | "vulkan" | false;
  /** Layers that a graphics card computes. Default is as many as fit. */
  gpuLayers?: number;
  /**
   * Threads of the processor. Default is one fewer than there are processors, at least one: with more threads than
   * free processors llama.cpp is slower by orders of magnitude.
   */
  threads?: number;
  /** Most tokens of an answer where the request sets no limit. Default is what the context has room for. */
  maxTokens?: number;
  /** Longest time that one answer may take from its turn on. Default 600,000. */
  timeoutMs?: number;
}

/** Options with their defaults filled in. */
export interface LlamaCppSettings {
  modelPath: string;
  id: string;
  contextSize: number | undefined;
  gpu: "auto" | "metal" | "cuda" | "vulkan" | false;
  gpuLayers: number | undefined;
  threads: number;
  maxTokens: number;
  timeoutMs: number;
  sampling: LlamaCppSampling;
}

/**
 * Fills in the defaults.
 *
 * @throws ModelOptionsError for an option that cannot work.
 */
export function settingsOf(options: LlamaCppModelOptions): LlamaCppSettings {
  const { modelPath, id, contextSize, gpu = "auto", gpuLayers, threads, maxTokens, timeoutMs = 600_000 } = options;
  if (modelPath === "") throw invalidOption("modelPath", "modelPath must be the path of a GGUF file.");
  for (const [name, value] of Object.entries({ contextSize, threads, maxTokens, timeoutMs })) {
    if (value !== undefined && !(value >= 1)) throw invalidOption(name, `${name} must be at least 1.`);
  }
  const { temperature, topP, topK, minP, seed, repeatPenalty } = options;
  return {
    modelPath,
    id: id ?? basename(modelPath).replace(/\.gguf$/i, ""),
    contextSize,
    gpu,
    gpuLayers,
    threads: threads ?? Math.max(1, availableParallelism() - 1),
    maxTokens: maxTokens ?? Infinity,
    timeoutMs,
    sampling: defined({ temperature, topP, topK, minP, seed, repeatPenalty }),
  };
}

function defined(sampling: { [Name in keyof LlamaCppSampling]: number | undefined }): LlamaCppSampling {
  return Object.fromEntries(Object.entries(sampling).filter(([, value]) => value !== undefined));
}
