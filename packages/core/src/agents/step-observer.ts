import type { ActionStep, RecordedCall } from "../memory/action-step.ts";
import type { EventQueue } from "./event-queue.ts";
import type { AgentEvent } from "./events.ts";
import type { CallObserver } from "./tool-functions.ts";

/** Writes the calls of one step down and tells of them. */
export class StepObserver implements CallObserver {
  readonly #step: ActionStep;
  readonly #queue: EventQueue<AgentEvent>;
  #calls = 0;

  constructor(step: ActionStep, queue: EventQueue<AgentEvent>) {
    this.#step = step;
    this.#queue = queue;
  }

  onCall(tool: string, input: unknown): string {
    const id = `call_${this.#step.number}_${++this.#calls}`;
    this.#queue.push({ type: "tool-call", step: this.#step.number, id, tool, input });
    return id;
  }

  onResult(call: RecordedCall): void {
    const { id, tool, durationMs, error } = call;
    this.#step.toolCalls.push(call);
    const failed = error === undefined ? {} : { error };
    this.#queue.push({ type: "tool-result", step: this.#step.number, id, tool, durationMs, ...failed });
  }
}
