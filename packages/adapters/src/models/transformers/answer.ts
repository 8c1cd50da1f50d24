import type { TextGenerationPipeline } from "@huggingface/transformers";
import { errorMessage, type FinishReason, ModelError, type ModelRequest } from "@smoltools/core";
import { importPeer } from "../../shared/optional-peer.ts";
import type { Emit } from "../shared/transport/local-calls.ts";
import { fieldOf } from "../../shared/json-access.ts";
import { AnswerWriter } from "./answer-writer.ts";
import type { TransformersSettings } from "./options.ts";
import { promptOf } from "./prompt.ts";
import type { ToolFormat } from "./tool-format.ts";

/** For models that do not say how many tokens they take. */
const defaultMaxTokens = 4096;

/** What an answer is made with. */
interface AnswerOptions {
  generator: TextGenerationPipeline;
  settings: TransformersSettings;
  format: ToolFormat | undefined;
  emit: Emit;
  signal: AbortSignal;
}

/**
 * Lets the model answer one request. Only one answer at a time may be made with a generator.
 *
 * @throws ModelError, see its codes; the signal's reason after it was aborted.
 */
export async function answer(request: ModelRequest, options: AnswerOptions): Promise<void> {
  const { generator, settings, format, emit, signal } = options;
  const { InterruptableStoppingCriteria, TextStreamer } = await importPeer(() => import("@huggingface/transformers"), {
    packageName: "@huggingface/transformers",
    versions: "^4.0.0",
    neededFor: "TransformersModel",
  });
  const { tokenizer } = generator;
  const prompt = promptOf(request, generator, settings, format);
  const maxTokens = Math.min(request.maxTokens ?? settings.maxTokens, roomFor(prompt.tokens, generator, settings));
  const { stop = [] } = request;
  const calls = prompt.hasTools ? format : undefined;
  const writer = new AnswerWriter({ emit, stop, format: calls, thinking: /<think>\s*$/.test(prompt.text) });
  const interruption = new InterruptableStoppingCriteria();
  const interrupt = (): void => interruption.interrupt();
  const special = new Set(tokenizer.all_special_tokens);
  // The mark of a call is a special token with some models, and would be left out with those that end an answer.
  const keepsSpecial = calls !== undefined && special.has(calls.mark);
  let outputTokens = 0;
  let last: number | undefined;
  const streamer = new TextStreamer(tokenizer, {
    skip_prompt: true,
    skip_special_tokens: !keepsSpecial,
    callback_function: (text) => {
      if (keepsSpecial && special.has(text) && text !== calls.mark) return;
      writer.push(text);
      if (writer.stopped) interrupt();
    },
    token_callback_function: (tokens) => {
      outputTokens += tokens.length;
      last = Number(tokens.at(-1));
    },
  });
  if (prompt.beginning !== "") writer.push(prompt.beginning);
  signal.addEventListener("abort", interrupt);
  try {
    signal.throwIfAborted();
    await generator(prompt.text, {
      ...settings.generation,
      ...sampling(request.temperature ?? settings.temperature),
      max_new_tokens: maxTokens,
      add_special_tokens: false,
      return_full_text: false,
      streamer,
      stopping_criteria: interruption,
    });
  } catch (cause) {
    signal.throwIfAborted();
    throw new ModelError(`${settings.id} could not answer: ${errorMessage(cause)}.`, {
      code: "MODEL_UNAVAILABLE",
      cause,
    });
  } finally {
    signal.removeEventListener("abort", interrupt);
  }
  signal.throwIfAborted();
  writer.end();
  emit({ type: "usage", usage: { inputTokens: prompt.tokens, outputTokens } });
  const cutShort = outputTokens >= maxTokens && !endTokens(generator).includes(last);
  emit({ type: "finish", reason: finishReason(writer, cutShort) });
}

function finishReason({ stopped, hasCalls }: AnswerWriter, cutShort: boolean): FinishReason {
  if (hasCalls) return "tool-calls";
  return cutShort && !stopped ? "length" : "stop";
}

function sampling(temperature: number | undefined): Record<string, unknown> {
  if (temperature === undefined) return {};
  return temperature > 0 ? { do_sample: true, temperature } : { do_sample: false };
}

/** Tokens that end an answer. */
function endTokens({ model }: TextGenerationPipeline): unknown[] {
  return [fieldOf(model.generation_config, "eos_token_id") ?? fieldOf(model.config, "eos_token_id")].flat();
}

/** The tokens that an answer can have. */
function roomFor(inputTokens: number, { model }: TextGenerationPipeline, { id }: TransformersSettings): number {
  const size = fieldOf(model.config, "max_position_embeddings");
  if (typeof size !== "number") return defaultMaxTokens;
  const room = size - inputTokens;
  if (room >= 1) return room;
  const message = `The request has ${inputTokens} tokens, and ${id} takes ${size}, its answer included. Send less.`;
  throw new ModelError(message, { code: "MODEL_BAD_REQUEST" });
}
