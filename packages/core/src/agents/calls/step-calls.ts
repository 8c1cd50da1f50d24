import { errorMessage } from "../../errors/error-message.ts";
import { isSmoltoolsError } from "../../errors/smoltools-error.ts";
import type { ActionStep } from "../../memory/action-step.ts";
import type { RecordedCall } from "../../memory/recorded-call.ts";
import type { HostCall } from "../../sandbox/sandbox.ts";
import type { Tool } from "../../tool/tool.ts";
import type { AgentRun } from "../agent-run.ts";
import type { AgentEvent } from "../events.ts";
import { cutMiddle } from "../loop/cut-middle.ts";
import type { EventQueue } from "../loop/event-queue.ts";
import { AgentTool, delegating } from "../agent-tool.ts";
import { passGates } from "./tool-gate.ts";

/** Carries out the calls of tools of one step, in the order in which they begin, writes them down and tells of them. */
export class StepCalls {
  readonly #run: AgentRun;
  readonly #step: ActionStep;
  readonly #queue: EventQueue<AgentEvent>;

  constructor(run: AgentRun, step: ActionStep, queue: EventQueue<AgentEvent>) {
    this.#run = run;
    this.#step = step;
    this.#queue = queue;
  }

  /**
   * @param host - Signal of the call, and the way to wait off the code's clock.
   * @throws AgentError `AGENT_CALL_BUDGET` or `AGENT_CALL_DENIED`, or what the tool throws: all of it for the model.
   */
  perform(tool: Tool, input: unknown, host: HostCall): Promise<unknown> {
    return this.#perform(tool, input, host, true);
  }

  /** Has the caller's own tool make the final answer: no budget and no hook stands in its way. */
  performFinal(tool: Tool, input: unknown, signal: AbortSignal): Promise<unknown> {
    return this.#perform(tool, input, { signal, untimed: (work) => work }, false);
  }

  async #perform(tool: Tool, input: unknown, host: HostCall, isGuarded: boolean): Promise<unknown> {
    // The code may not have noticed yet that its run is over.
    host.signal.throwIfAborted();
    const step = this.#step.number;
    const call: RecordedCall = {
      id: `call_${step}_${this.#step.toolCalls.length + 1}`,
      tool: tool.name,
      input,
      durationMs: 0,
    };
    const startedAt = performance.now();
    this.#step.toolCalls.push(call);
    this.#tell({ type: "tool-call", step, id: call.id, tool: tool.name, input });
    const end = (outcome: { output?: unknown; error?: string }): void => {
      call.durationMs = performance.now() - startedAt;
      if (outcome.error !== undefined) call.error = outcome.error;
      const { id, durationMs } = call;
      this.#tell({ type: "tool-result", step, id, tool: tool.name, durationMs, ...outcome });
    };
    try {
      if (isGuarded) {
        this.#run.meter.takeToolCall();
        await this.#passGates(tool, call, host);
      }
      const observed = { id: call.id, step, tool: tool.name, declaration: tool, input: call.input };
      const output = await this.#run.observe(observed, () => this.#work(tool, call, host));
      end({ output });
      return output;
    } catch (error) {
      end({ error: cutMiddle(errorMessage(error)) });
      if (isSmoltoolsError(error, "AGENT_CALLBACK_FAILED")) this.#run.fail(error);
      throw error;
    }
  }

  async #passGates(tool: Tool, call: RecordedCall, { signal, untimed }: HostCall): Promise<void> {
    const agent = this.#run.info.agentName;
    const pending = { id: call.id, step: this.#step.number, agent, tool, input: call.input };
    call.input = await untimed(passGates(this.#run.gates, pending, { signal }));
  }

  #work(tool: Tool, call: RecordedCall, { signal, untimed }: HostCall): Promise<unknown> {
    const context = { signal, toolCallId: call.id, context: this.#run.context, untimed };
    if (!(tool instanceof AgentTool)) return tool.call(call.input, context);
    const delegated = delegating(context, {
      parent: { run: this.#run, callId: call.id },
      record: call,
      onEvent: (event) =>
        this.#tell({ type: "managed-agent", step: this.#step.number, id: call.id, agent: tool.name, event }),
    });
    return untimed(tool.call(call.input, delegated));
  }

  #tell(event: AgentEvent): void {
    this.#queue.push(this.#run.tell(event));
  }
}
