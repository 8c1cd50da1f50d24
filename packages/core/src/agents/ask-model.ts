import type { ActionStep } from "../memory/action-step.ts";
import { type ModelReply, ReplyCollector } from "../model/collect.ts";
import type { Model, ModelRequest } from "../model/model.ts";
import type { AgentEvent } from "./events.ts";
import { orAborted } from "./or-aborted.ts";

/** Asks the model, tells its answer piece by piece, and writes down in the step what it said and took. */
export async function* askModel(
  model: Model,
  request: ModelRequest,
  step: ActionStep,
  signal: AbortSignal,
): AsyncGenerator<AgentEvent, ModelReply, undefined> {
  const collector = new ReplyCollector();
  const deltas = model.stream(request, { signal })[Symbol.asyncIterator]();
  const nextDelta = () => orAborted(deltas.next(), signal);
  try {
    for (let next = await nextDelta(); !next.done; next = await nextDelta()) {
      collector.add(next.value);
      yield { type: "model-delta", step: step.number, delta: next.value };
    }
  } finally {
    // Not waited for: a model that ignores the signal must not hold up the end of the run.
    if (signal.aborted) deltas.return?.().catch(() => undefined);
  }
  const reply = collector.reply();
  step.modelOutput = reply.text;
  if (reply.usage) step.usage = reply.usage;
  if (reply.reasoning !== "") step.reasoning = reply.reasoning;
  return reply;
}
