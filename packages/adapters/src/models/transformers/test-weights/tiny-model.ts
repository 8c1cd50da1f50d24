import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onnxModel } from "./onnx-graph.ts";

/** What a {@link TinyModel} says. */
export interface TinyModelOptions {
  /**
   * Lists of tokens: each is followed by the next of its list, and the last by the end. A token is a piece of text that
   * stands in one list only.
   */
  chains: readonly (readonly string[])[];
  /** The chat template. What it ends with decides which chain follows. */
  template: string;
  /** Tokens that are no text, besides those of the conversation. */
  special?: readonly string[];
  /** Tokens that conversation and answer may have together. Default 4096. */
  maxTokens?: number;
}

const end = "<|im_end|>";
const unknown = "<unk>";

/** A folder with a language model of a few kilobytes, in the form that transformers.js loads. */
export class TinyModel implements AsyncDisposable {
  readonly name = "tiny";
  /** The folder that holds the model's folder, for `env.localModelPath`. */
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Writes the files of a model that says what its chains say. */
  static async create({ chains, template, special = [], maxTokens = 4096 }: TinyModelOptions): Promise<TinyModel> {
    const added = [unknown, end, "<|im_start|>", "<|assistant|>", ...special];
    const tokens = [...new Set([...added, ...chains.flat()])];
    const idOf = (token: string): number => tokens.indexOf(token);
    const following = tokens.map(() => idOf(end));
    for (const chain of chains) {
      for (const [index, token] of chain.slice(0, -1).entries()) following[idOf(token)] = idOf(chain[index + 1] ?? end);
    }
    const model = new TinyModel(await mkdtemp(join(tmpdir(), "smoltools-tiny-")));
    const folder = join(model.folder, model.name);
    await mkdir(join(folder, "onnx"), { recursive: true });
    await writeFile(join(folder, "onnx", "model.onnx"), onnxModel(following));
    const files: Record<string, unknown> = {
      "config.json": {
        model_type: "llama",
        architectures: ["LlamaForCausalLM"],
        num_hidden_layers: 1,
        num_attention_heads: 1,
        num_key_value_heads: 1,
        head_dim: 1,
        hidden_size: 1,
        vocab_size: tokens.length,
        max_position_embeddings: maxTokens,
        eos_token_id: idOf(end),
      },
      "generation_config.json": { eos_token_id: idOf(end) },
      "tokenizer_config.json": {
        tokenizer_class: "PreTrainedTokenizerFast",
        eos_token: end,
        unk_token: unknown,
        clean_up_tokenization_spaces: false,
        chat_template: template,
      },
      "tokenizer.json": {
        version: "1.0",
        truncation: null,
        padding: null,
        added_tokens: added.map((content) => ({ id: idOf(content), content, special: true, normalized: false })),
        normalizer: null,
        pre_tokenizer: null,
        post_processor: null,
        decoder: { type: "Fuse" },
        model: {
          type: "BPE",
          unk_token: unknown,
          fuse_unk: true,
          ignore_merges: true,
          vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
          merges: [],
        },
      },
    };
    for (const [name, json] of Object.entries(files)) await writeFile(join(folder, name), JSON.stringify(json));
    return model;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
