import { errorMessage, type ModelDelta, ModelError, type ModelRequest } from "@smoltools/core";
import type { ChatHistoryItem, GbnfJsonSchema, LlamaGrammar } from "node-llama-cpp";
import { AnswerWriter } from "./answer-writer.ts";
import { chatHistory } from "./chat-history.ts";
import type { Engine } from "./engine.ts";
import type { LlamaCppSettings } from "./options.ts";
import { planOf, type RequestPlan } from "./request-plan.ts";

/** What an answer is made with. */
export interface AnswerOptions {
  engine: Engine;
  settings: LlamaCppSettings;
  /** Takes the deltas as they come. */
  emit: (delta: ModelDelta) => void;
  signal: AbortSignal;
}

/**
 * Lets the model answer one request. Only one answer at a time may be made with an engine.
 *
 * @throws ModelError, see its codes; the signal's reason after it was aborted.
 */
export async function answer(request: ModelRequest, { engine, settings, emit, signal }: AnswerOptions): Promise<void> {
  const plan = planOf(request);
  const history = chatHistory(plan.messages);
  const { chat, llama } = engine;
  const { tokenMeter } = chat.sequence;
  const inputTokens = countTokens(engine, history, plan);
  const writer = new AnswerWriter(plan, emit);
  const before = tokenMeter.getState();
  const { repeatPenalty = 1, ...sampling } = settings.sampling;
  const options = {
    ...sampling,
    ...(request.temperature !== undefined && { temperature: request.temperature }),
    maxTokens: Math.min(request.maxTokens ?? settings.maxTokens, roomFor(inputTokens, engine, settings)),
    repeatPenalty: repeatPenalty === 1 ? (false as const) : { penalty: repeatPenalty },
    signal,
    onResponseChunk: writer.chunk.bind(writer),
  };
  const customStopTriggers = (request.stop ?? []).filter((text) => text !== "");
  try {
    const { metadata } = await (plan.kind === "functions"
      ? chat.generateResponse(history, {
          ...options,
          customStopTriggers,
          functions: plan.functions,
          onFunctionCall: ({ functionName, params }) => writer.call(functionName, params),
        })
      : plan.kind === "text"
        ? chat.generateResponse(history, { ...options, customStopTriggers })
        : chat.generateResponse(history, { ...options, grammar: await grammarOf(llama, plan.grammar) }));
    signal.throwIfAborted();
    const { usedOutputTokens } = tokenMeter.diff(before);
    writer.end(metadata.stopReason, { inputTokens, outputTokens: usedOutputTokens });
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof ModelError) throw cause;
    throw new ModelError(`${settings.id} could not answer: ${errorMessage(cause)}.`, {
      code: "MODEL_UNAVAILABLE",
      cause,
    });
  }
}

/** The tokens of the whole conversation, whatever of it is still in the context from the answer before. */
function countTokens({ chat, model }: Engine, history: ChatHistoryItem[], plan: RequestPlan): number {
  const { contextText } = chat.chatWrapper.generateContextState({
    chatHistory: history,
    ...(plan.kind === "functions" && { availableFunctions: plan.functions }),
  });
  return contextText.tokenize(model.tokenizer).length;
}

/**
 * The tokens that an answer can have. The library would drop the oldest messages to make room; an agent that forgets
 * its task without a word is worse than one that fails.
 */
function roomFor(inputTokens: number, { chat }: Engine, { id }: LlamaCppSettings): number {
  const { contextSize } = chat.context;
  // The library keeps one token free, and begins to drop messages one before that.
  const room = contextSize - inputTokens - 2;
  if (room >= 1) return room;
  throw new ModelError(
    `The request has ${inputTokens} tokens, and the context of ${id} holds ${contextSize}. ` +
      "Send less, or raise contextSize.",
    { code: "MODEL_BAD_REQUEST" },
  );
}

async function grammarOf(llama: Engine["llama"], schema: GbnfJsonSchema): Promise<LlamaGrammar> {
  try {
    return await llama.createGrammarForJsonSchema<GbnfJsonSchema>(schema);
  } catch (cause) {
    throw new ModelError(`No grammar can be made of the schema: ${errorMessage(cause)}. Make the schema simpler.`, {
      code: "MODEL_BAD_REQUEST",
      cause,
    });
  }
}
