import { type TokenUsage, totalUsage } from "../../messages/token-usage.ts";
import { estimateMessageTokens, estimateTokens } from "../../messages/estimate-tokens.ts";
import { ModelUsages, type UsageByModel } from "../../messages/model-usages.ts";
import type { ModelReply } from "../../model/collect.ts";
import type { ModelRequest } from "../../model/model.ts";
import { AgentError } from "../agent-error.ts";
import type { AgentState } from "../agent-result.ts";

/**
 * What a run may use besides its steps. When something has run out, the model is asked for its answer: that one request
 * comes on top.
 */
export interface Budget {
  /** Tokens of all requests and answers, managed agents included. Estimated where the provider tells none. */
  maxTokens?: number;
  /** Time from the start of the run; the step in progress is ended then. */
  maxDurationMs?: number;
  /** Calls of tools, those of managed agents included. Further calls fail. */
  maxToolCalls?: number;
}

/** Longest time that a timer takes, in milliseconds: 24 days. */
const longestTimer = 2 ** 31 - 1;

/** Counts what a run uses, and what it uses counts for the runs above it. Dispose it: it may hold a timer. */
export class BudgetMeter implements Disposable {
  /** Aborted with `AGENT_OUT_OF_TIME` when the time is up; absent where there is no such time. */
  readonly deadline: AbortSignal | undefined;
  readonly #budget: Budget;
  readonly #parent: BudgetMeter | undefined;
  readonly #startedAt = performance.now();
  readonly #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #models = new ModelUsages();
  #tokens = 0;
  #toolCalls = 0;
  #usage: TokenUsage | undefined = { inputTokens: 0, outputTokens: 0 };

  constructor(budget: Budget, parent?: BudgetMeter) {
    this.#budget = budget;
    this.#parent = parent;
    const { maxDurationMs = Infinity } = budget;
    if (maxDurationMs > longestTimer) return;
    const controller = new AbortController();
    const reason = new AgentError(`The time budget of ${maxDurationMs} ms is used up`, { code: "AGENT_OUT_OF_TIME" });
    this.#timer = setTimeout(() => controller.abort(reason), maxDurationMs);
    this.deadline = controller.signal;
  }

  /** Calls of tools so far. */
  get toolCalls(): number {
    return this.#toolCalls;
  }

  /** Tokens of all answers so far; `undefined` when a provider did not tell them for one. */
  get usage(): TokenUsage | undefined {
    return this.#usage;
  }

  /** The same by model. */
  get usageByModel(): UsageByModel {
    return this.#models.byModel();
  }

  /** What is used up, if anything is. */
  get exhausted(): Exclude<AgentState, "success" | "max-steps" | "stopped"> | undefined {
    const { maxTokens = Infinity, maxDurationMs = Infinity, maxToolCalls = Infinity } = this.#budget;
    // A timer may fire a little before its time, and the step that it ended must be the last one.
    const isLate = this.deadline?.aborted || performance.now() - this.#startedAt >= maxDurationMs;
    if (this.#tokens >= maxTokens) return "max-tokens";
    if (this.#toolCalls >= maxToolCalls) return "max-tool-calls";
    if (isLate) return "max-duration";
    return this.#parent?.exhausted;
  }

  addReply(modelId: string, request: ModelRequest, reply: ModelReply): void {
    const { usage } = reply;
    if (usage) this.#add(modelId, usage.inputTokens + usage.outputTokens, usage);
    else this.#add(modelId, this.#countsTokens ? estimatedTokens(request, reply) : 0, undefined);
  }

  /** @throws AgentError `AGENT_CALL_BUDGET` for the model, when there are no calls left. */
  takeToolCall(): void {
    const { maxToolCalls = Infinity } = this.#budget;
    if (this.#toolCalls >= maxToolCalls) {
      throw new AgentError(
        `The budget of ${maxToolCalls} calls of tools is used up: answer with what you know, or compute without tools`,
        { code: "AGENT_CALL_BUDGET" },
      );
    }
    this.#parent?.takeToolCall();
    this.#toolCalls += 1;
  }

  /** An estimate reads the whole conversation: it is only made where it is needed. */
  get #countsTokens(): boolean {
    return this.#budget.maxTokens !== undefined || (this.#parent ? this.#parent.#countsTokens : false);
  }

  #add(modelId: string, tokens: number, usage: TokenUsage | undefined): void {
    this.#tokens += tokens;
    this.#usage = totalUsage([this.#usage, usage]);
    this.#models.add(modelId, usage);
    if (this.#parent) this.#parent.#add(modelId, tokens, usage);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }
}

function estimatedTokens(request: ModelRequest, { text, reasoning, toolCalls }: ModelReply): number {
  const calls = toolCalls.reduce((sum, call) => sum + estimateTokens(call.name + call.arguments), 0);
  return estimateMessageTokens(request.messages) + estimateTokens(text) + estimateTokens(reasoning) + calls;
}
