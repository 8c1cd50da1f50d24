import { errorMessage } from "../errors/error-message.ts";
import type { Agent } from "./agent.ts";
import type { AgentResult } from "./agent-result.ts";
import type { ToolGate } from "./calls/tool-gate.ts";
import type { AdditionalArgs } from "./code/additional-args.ts";
import { AgentError } from "./agent-error.ts";
import type { AgentEvent } from "./events.ts";
import { type Budget, BudgetMeter } from "./loop/budget.ts";
import type { RunStream } from "./loop/run-stream.ts";
import type { AgentObserver, ObservedCall, RunInfo } from "./observer.ts";

/** The run of a manager, for the run of an agent that it manages. */
export interface ParentRun {
  readonly run: AgentRun;
  readonly callId: string;
}

/** What a run is made of. */
export interface AgentRunParts {
  readonly agent: Agent;
  readonly task: string;
  /** The way in which the run is ended. */
  readonly stream: Pick<RunStream, "signal" | "abort">;
  readonly budget: Budget;
  readonly gate: ToolGate;
  readonly observers: readonly AgentObserver[];
  readonly additionalArgs: AdditionalArgs;
  readonly newArgs: AdditionalArgs;
  readonly context: unknown;
  readonly parent: ParentRun | undefined;
}

let runs = 0;

/** What belongs to one run of one agent: what it may use, who watches it, and how it is ended. */
export class AgentRun {
  readonly info: RunInfo;
  /** Ends the run. */
  readonly signal: AbortSignal;
  /** Ends the work of the run: the same, or earlier when the time budget is used up. */
  readonly workSignal: AbortSignal;
  readonly meter: BudgetMeter;
  /** The managers' gates first. */
  readonly gates: readonly ToolGate[];
  /** What callers gave since the last reset. */
  readonly additionalArgs: AdditionalArgs;
  /** What of it came with this run. */
  readonly newArgs: AdditionalArgs;
  readonly context: unknown;
  readonly #observers: readonly AgentObserver[];
  readonly #stream: AgentRunParts["stream"];
  readonly #children = new Set<AgentRun>();
  readonly #parent: AgentRun | undefined;
  #interrupted = false;
  #isOver = false;
  #result: AgentResult | undefined;

  constructor(parts: AgentRunParts) {
    const { agent, task, stream, parent } = parts;
    runs += 1;
    this.info = {
      id: `run-${runs}`,
      agentKind: agent.kind,
      agentName: agent.name,
      modelId: agent.model.id,
      task,
      ...(parent && { parent: { run: parent.run.info, callId: parent.callId } }),
    };
    this.signal = stream.signal;
    this.meter = new BudgetMeter(parts.budget, parent?.run.meter);
    const { deadline } = this.meter;
    this.workSignal = deadline ? AbortSignal.any([stream.signal, deadline]) : stream.signal;
    this.gates = [...(parent?.run.gates ?? []), parts.gate];
    this.additionalArgs = parts.additionalArgs;
    this.newArgs = parts.newArgs;
    this.context = parts.context;
    // One that manager and managed agent share is told of everything once.
    this.#observers = [...new Set([...(parent ? parent.run.#observers : []), ...parts.observers])];
    this.#stream = stream;
    this.#parent = parent?.run;
    if (this.#parent) {
      this.#parent.#children.add(this);
      this.#interrupted = this.#parent.#interrupted;
    }
  }

  /** Tells the observers of an event, and hands it back. */
  tell<Event extends AgentEvent>(event: Event): Event {
    // What a tool does after its run is over is no part of the run.
    if (this.#isOver) return event;
    if (event.type !== "managed-agent") this.#inform((observer) => observer.onEvent?.(event, this.info));
    if (event.type === "result" && !this.signal.aborted) this.#result = event.result;
    return event;
  }

  start(): void {
    this.#inform((observer) => observer.onStart?.(this.info));
  }

  /**
   * Tells the observers how the run ended.
   *
   * @throws AgentError `AGENT_CALLBACK_FAILED` when an observer fails at a result: nobody else gets it then.
   */
  end(outcome: { result: AgentResult } | { error: unknown }): void {
    if (this.#parent) this.#parent.#children.delete(this);
    this.meter[Symbol.dispose]();
    this.#isOver = true;
    // A reader that leaves with the result in hand ended nothing.
    const told = this.#result ? { result: this.#result } : outcome;
    const failure = this.#inform((observer) => observer.onEnd?.(told, this.info));
    if (failure && "result" in told) throw failure;
  }

  /** Does a call of a tool in the context of all observers. */
  observe<Result>(call: ObservedCall, work: () => Promise<Result>): Promise<Result> {
    let wrapped = work;
    for (const observer of this.#observers.toReversed()) {
      const inner = wrapped;
      if (observer.aroundCall) wrapped = () => this.#surround(observer, call, inner);
    }
    return wrapped();
  }

  /** What the call itself throws is for the model; what the observer adds to it is not. */
  async #surround<Result>(observer: AgentObserver, call: ObservedCall, work: () => Promise<Result>): Promise<Result> {
    const thrown = new Set<unknown>();
    let done: { result: Result } | undefined;
    const watched = async (): Promise<Result> => {
      try {
        done = { result: await work() };
        return done.result;
      } catch (error) {
        thrown.add(error);
        throw error;
      }
    };
    try {
      await observer.aroundCall?.(call, this.info, watched);
    } catch (error) {
      throw thrown.has(error) ? error : observerFailed(error);
    }
    if (!done) throw observerFailed(new TypeError("its aroundCall did not wait for the work"));
    return done.result;
  }

  /** Ends the run because something is wrong with the program, wherever that came up. */
  fail(error: unknown): void {
    this.#stream.abort(error);
  }

  /** Ends the run, and those of managed agents, before the next step. */
  interrupt(): void {
    this.#interrupted = true;
    for (const child of this.#children) child.interrupt();
  }

  /** @throws AgentError `AGENT_INTERRUPTED`, or the reason of the signal. */
  throwIfEnded(): void {
    this.signal.throwIfAborted();
    if (!this.#interrupted) return;
    throw new AgentError("Agent interrupted: go on with reset: false, or with the task null", {
      code: "AGENT_INTERRUPTED",
    });
  }

  /** Tells all of them. The first that fails ends the run. */
  #inform(tell: (observer: AgentObserver) => unknown): AgentError | undefined {
    let failure: AgentError | undefined;
    for (const observer of this.#observers) {
      try {
        const told = tell(observer);
        // Observers are not waited for, but one that fails later fails all the same.
        if (told instanceof Promise) told.catch((cause: unknown) => this.fail(observerFailed(cause)));
      } catch (cause) {
        failure ??= observerFailed(cause);
      }
    }
    if (failure) this.fail(failure);
    return failure;
  }
}

function observerFailed(cause: unknown): AgentError {
  return new AgentError(`An observer of the run failed: ${errorMessage(cause)}`, {
    code: "AGENT_CALLBACK_FAILED",
    cause,
  });
}
