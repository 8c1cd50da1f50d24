import { type ModelReply, ReplyCollector } from "../../model/collect.ts";
import type { Model, ModelRequest } from "../../model/model.ts";
import type { TokenUsage } from "../../messages/token-usage.ts";
import type { AgentRun } from "../agent-run.ts";
import type { AgentEvent, ModelPurpose } from "../events.ts";
import { orAborted } from "./or-aborted.ts";

/** A step that asks a model, whatever its kind. */
export interface AskingStep {
  modelId: string | undefined;
  usage: TokenUsage | undefined;
}

/** What is asked of which model, and for whom. */
export interface Question {
  model: Model;
  request: ModelRequest;
  purpose: ModelPurpose;
  /** Number of the action step. */
  number: number;
  signal: AbortSignal;
  /** Where the tokens are written down. */
  step: AskingStep;
}

/** Asks the model and tells its answer piece by piece. */
export async function* askModel(run: AgentRun, question: Question): AsyncGenerator<AgentEvent, ModelReply, undefined> {
  const { model, request, purpose, number, signal, step } = question;
  step.modelId = model.id;
  yield run.tell({ type: "model-request", step: number, purpose, modelId: model.id, request });
  const startedAt = performance.now();
  const collector = new ReplyCollector();
  const deltas = model.stream(request, { signal })[Symbol.asyncIterator]();
  const nextDelta = () => orAborted(deltas.next(), signal);
  let complete = false;
  try {
    for (let next = await nextDelta(); !next.done; next = await nextDelta()) {
      collector.add(next.value);
      yield run.tell({ type: "model-delta", step: number, purpose, delta: next.value });
    }
    complete = true;
  } finally {
    if (!complete) {
      // It took tokens, and nobody will tell how many.
      run.meter.addReply(model.id, request, collector.reply());
      // Not waited for: a model that ignores the signal must not hold up the end of the run.
      deltas.return?.().catch(() => undefined);
    }
  }
  const reply = collector.reply();
  if (reply.usage) step.usage = reply.usage;
  run.meter.addReply(model.id, request, reply);
  yield run.tell({ type: "model-reply", step: number, purpose, reply, durationMs: performance.now() - startedAt });
  return reply;
}
