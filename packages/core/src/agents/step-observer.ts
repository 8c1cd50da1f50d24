import type { ActionStep, RecordedCall } from "../memory/action-step.ts";
import type { EventQueue } from "./event-queue.ts";
import type { AgentEvent } from "./events.ts";

/** A call of a tool that has begun. */
export interface CallInProgress {
  /** Unique within the run. */
  readonly id: string;
  /** Marks the end of the call; with the message of the error, when it failed. */
  end(error?: string): void;
}

/** Writes the tool calls of one step down, in the order in which they begin, and tells of them. */
export class StepObserver {
  readonly #step: ActionStep;
  readonly #queue: EventQueue<AgentEvent>;

  constructor(step: ActionStep, queue: EventQueue<AgentEvent>) {
    this.#step = step;
    this.#queue = queue;
  }

  begin(tool: string, input: unknown): CallInProgress {
    const step = this.#step.number;
    const id = `call_${step}_${this.#step.toolCalls.length + 1}`;
    const call: RecordedCall = { id, tool, input, durationMs: 0 };
    const startedAt = performance.now();
    this.#step.toolCalls.push(call);
    this.#queue.push({ type: "tool-call", step, id, tool, input });
    return {
      id,
      end: (error) => {
        call.durationMs = performance.now() - startedAt;
        if (error !== undefined) call.error = error;
        const failed = error === undefined ? {} : { error };
        this.#queue.push({ type: "tool-result", step, id, tool, durationMs: call.durationMs, ...failed });
      },
    };
  }
}
