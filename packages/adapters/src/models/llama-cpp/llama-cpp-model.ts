import type { Model, ModelCallOptions, ModelDelta, ModelRequest, ModelSupport } from "@smoltools/core";
import { LocalCalls } from "../shared/transport/local-calls.ts";
import { answer } from "./answer.ts";
import { type Engine, loadEngine } from "./engine.ts";
import { type LlamaCppModelOptions, type LlamaCppSettings, settingsOf } from "./options.ts";

/**
 * A model in the GGUF format that llama.cpp runs in this process, by the package node-llama-cpp.
 *
 * The file is read at the first call. Calls are answered one after another, in one context: what a conversation has in
 * common with the one before is not computed again. Tools are native: with `toolChoice` `"auto"` the model calls them
 * in the form that its chat template has for it, else a grammar makes it write one call. Answers to a `responseFormat`
 * and the arguments of calls keep to their schema by a grammar, except for what grammars cannot say (`pattern`,
 * `minimum`, `allOf`…).
 *
 * @example
 * await using model = new LlamaCppModel({ modelPath: "models/SmolLM3-Q4_K_M.gguf" });
 */
export class LlamaCppModel implements Model, AsyncDisposable {
  readonly id: string;
  readonly provider = "llama-cpp";
  readonly supports: ModelSupport = { tools: true, images: false, structuredOutput: true };
  readonly #settings: LlamaCppSettings;
  readonly #calls: LocalCalls;
  #engine: Promise<Engine> | undefined;
  #disposed: Promise<void> | undefined;

  /** @throws ModelOptionsError for an option that cannot work. */
  constructor(options: LlamaCppModelOptions) {
    this.#settings = settingsOf(options);
    this.id = this.#settings.id;
    this.#calls = new LocalCalls(this.id, this.#settings.timeoutMs);
  }

  /**
   * Asks the model. Nothing is loaded before the iteration begins.
   *
   * @param request - What is asked. Stop texts count for free text only, not within JSON.
   * @param options - `signal` ends the call; a model that is being loaded goes on being loaded.
   * @throws ModelError, see its codes; AdapterError when node-llama-cpp is not installed; the signal's reason after it
   * was aborted.
   */
  stream(request: ModelRequest, { signal }: ModelCallOptions = {}): AsyncIterableIterator<ModelDelta, void, undefined> {
    return this.#calls.stream(signal, {
      load: () => this.#load(),
      answer: (engine, emit, own) => answer(request, { engine, settings: this.#settings, emit, signal: own }),
    });
  }

  /** Ends the call that is being answered, and gives the memory back. The model answers no more. */
  dispose(): Promise<void> {
    this.#disposed ??= this.#dispose();
    return this.#disposed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  #load(): Promise<Engine> {
    this.#engine ??= loadEngine(this.#settings).catch((error: unknown) => {
      // The next call tries again: the file may be there by then.
      this.#engine = undefined;
      throw error;
    });
    return this.#engine;
  }

  async #dispose(): Promise<void> {
    await this.#calls.end();
    const engine = await this.#engine?.catch(() => undefined);
    await engine?.llama.dispose();
  }
}
