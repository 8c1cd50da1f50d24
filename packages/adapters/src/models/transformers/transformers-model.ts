import type { TextGenerationPipeline } from "@huggingface/transformers";
import { errorMessage, type Model, type ModelCallOptions, type ModelDelta, type ModelRequest } from "@smoltools/core";
import { ModelError, type ModelSupport } from "@smoltools/core";
import { importPeer } from "../../shared/optional-peer.ts";
import type { ModelDescription } from "../shared/model-description.ts";
import { LocalCalls } from "../shared/transport/local-calls.ts";
import { textField } from "../../shared/json-access.ts";
import { answer } from "./answer.ts";
import {
  settingsOf,
  type TransformersLoadOptions,
  type TransformersModelOptions,
  type TransformersSettings,
} from "./options.ts";
import { type ToolFormat, toolFormatOf } from "./tool-format.ts";

/**
 * A model that transformers.js runs in this process, by the package `@huggingface/transformers`.
 *
 * Calls are answered one after another. Tools are native where the chat template takes them and has calls in a known
 * form, see `supports`. With `toolChoice` `"required"` the answer is begun as a call for the model to go on with.
 *
 * In Node the library computes each token in the main thread: between two tokens everything else has its turn.
 *
 * @example
 * await using model = await TransformersModel.load({ model: "onnx-community/Qwen3-0.6B-ONNX", dtype: "q4" });
 */
export class TransformersModel implements Model, AsyncDisposable {
  readonly id: string;
  readonly provider = "transformers";
  readonly supports: ModelSupport;
  readonly #generator: TextGenerationPipeline;
  readonly #settings: TransformersSettings;
  readonly #format: ToolFormat | undefined;
  readonly #calls: LocalCalls;
  #disposed: Promise<void> | undefined;
  #loadedWith: TransformersLoadOptions | undefined;

  /**
   * @param generator - What `pipeline("text-generation", …)` of transformers.js gives. It belongs to the model from
   * then on: nothing else may generate with it, and {@link dispose} disposes of it.
   * @throws ModelOptionsError for an option that cannot work.
   */
  constructor(generator: TextGenerationPipeline, options: TransformersModelOptions = {}) {
    this.#settings = settingsOf(options, textField(generator.model.config, "_name_or_path") ?? "text-generation");
    this.id = this.#settings.id;
    this.#generator = generator;
    this.#format = toolFormatOf(templateOf(generator));
    this.supports = { tools: this.#format !== undefined, images: false, structuredOutput: false };
    this.#calls = new LocalCalls(this.id, this.#settings.timeoutMs);
  }

  /**
   * Loads a model, from the library's cache or the Hub.
   *
   * @throws AdapterError when transformers.js is not installed; ModelError `MODEL_UNAVAILABLE` when the model cannot be
   * loaded; ModelOptionsError for an option that cannot work.
   */
  static async load(options: TransformersLoadOptions): Promise<TransformersModel> {
    const { model, dtype, device, revision, localOnly = false, ...further } = options;
    const { pipeline } = await importPeer(() => import("@huggingface/transformers"), {
      packageName: "@huggingface/transformers",
      versions: "^4.0.0",
      neededFor: "TransformersModel",
    });
    let generator: TextGenerationPipeline;
    try {
      const where = { dtype, device, revision, local_files_only: localOnly };
      generator = await pipeline("text-generation", model, where as Parameters<typeof pipeline>[2]);
    } catch (cause) {
      throw new ModelError(
        `The model ${model} cannot be loaded: ${errorMessage(cause)}. Has it ONNX files of that dtype?`,
        { code: "MODEL_UNAVAILABLE", cause },
      );
    }
    const loaded = new TransformersModel(generator, { id: model, ...further });
    loaded.#loadedWith = options;
    return loaded;
  }

  /** What it takes to load the model again; `undefined` for one that was made of a pipeline. */
  describe(): ModelDescription | undefined {
    if (!this.#loadedWith) return undefined;
    return { settings: structuredClone({ ...this.#loadedWith }), leftOut: [] };
  }

  /**
   * Asks the model. Nothing is done before the iteration begins.
   *
   * @param request - What is asked.
   * @param options - `signal` ends the call.
   * @throws ModelError, see its codes; the signal's reason after it was aborted.
   */
  stream(request: ModelRequest, { signal }: ModelCallOptions = {}): AsyncIterableIterator<ModelDelta, void, undefined> {
    const shared = { generator: this.#generator, settings: this.#settings, format: this.#format };
    return this.#calls.stream(signal, {
      load: async () => shared,
      answer: (options, emit, own) => answer(request, { ...options, emit, signal: own }),
    });
  }

  /** Ends the call that is being answered, and gives the memory back. The model answers no more. */
  dispose(): Promise<void> {
    this.#disposed ??= this.#calls.end().then(async () => void (await this.#generator.dispose()));
    return this.#disposed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }
}

/** The template that is used when there are tools; models may have one of their own for that. */
function templateOf({ tokenizer }: TextGenerationPipeline): unknown {
  try {
    return tokenizer.get_chat_template({ tools: [] });
  } catch {
    return undefined;
  }
}
