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
import type { MediaShelf } from "./media-shelf.ts";
import { recordedInput } from "./recorded-input.ts";
import { passGates } from "./tool-gate.ts";

/** Carries out the calls of tools of one step, in the order in which they begin, writes them down and tells of them. */
export class StepCalls {
  readonly #run: AgentRun;
  readonly #step: ActionStep;
  readonly #queue: EventQueue<AgentEvent>;
  readonly #media: MediaShelf;

  /** @param media - Where media in the answers of managed agents are kept for their manager. */
  constructor(run: AgentRun, step: ActionStep, queue: EventQueue<AgentEvent>, media: MediaShelf) {
    this.#run = run;
    this.#step = step;
    this.#queue = queue;
    this.#media = media;
  }

  /**
   * @param host - Signal of the call, and the way to wait off the code's clock.
   * @throws AgentError `AGENT_CALL_BUDGET` or `AGENT_CALL_DENIED`, or what the tool throws: all of it for the model.
   */
  perform(tool: Tool, input: unknown, host: HostCall): Promise<unknown> {
    return this.#perform(tool, input, host, { isCounted: true });
  }

  /**
   * Has the caller's own tool make the final answer. For the gates it is a tool like others; but a run that has used up its
   * calls can still end.
   *
   * @throws AgentError `AGENT_CALL_DENIED`, or what the tool throws: all of it for the model.
   */
  performFinal(tool: Tool, input: unknown, signal: AbortSignal): Promise<unknown> {
    return this.#perform(tool, input, clockless(signal), { isCounted: false });
  }

  async #perform(
    tool: Tool,
    givenInput: unknown,
    host: HostCall,
    { isCounted }: { isCounted: boolean },
  ): Promise<unknown> {
    // The code may not have noticed yet that its run is over.
    host.signal.throwIfAborted();
    const step = this.#step.number;
    const call: RecordedCall = {
      id: `call_${step}_${this.#step.toolCalls.length + 1}`,
      tool: tool.name,
      input: recordedInput(givenInput),
      durationMs: 0,
    };
    const startedAt = performance.now();
    this.#step.toolCalls.push(call);
    this.#tell({ type: "tool-call", step, id: call.id, tool: tool.name, input: givenInput });
    const end = (outcome: { output?: unknown; error?: string }): void => {
      call.durationMs = performance.now() - startedAt;
      if (outcome.error !== undefined) call.error = outcome.error;
      const { id, durationMs } = call;
      this.#tell({ type: "tool-result", step, id, tool: tool.name, durationMs, ...outcome });
    };
    try {
      if (isCounted) this.#run.meter.takeToolCall();
      const input = await this.#passGates(tool, call.id, givenInput, host);
      if (input !== givenInput) call.input = recordedInput(input);
      const observed = { id: call.id, step, tool: tool.name, declaration: tool, input };
      const output = await this.#run.observe(observed, () => this.#work(tool, input, call, host));
      end({ output });
      return output;
    } catch (error) {
      end({ error: cutMiddle(errorMessage(error)) });
      if (isSmoltoolsError(error, "AGENT_CALLBACK_FAILED")) this.#run.fail(error);
      throw error;
    }
  }

  /** The input with which the tool is to be called. */
  #passGates(tool: Tool, id: string, input: unknown, { signal, untimed }: HostCall): Promise<unknown> {
    const agent = this.#run.info.agentName;
    const pending = { id, step: this.#step.number, agent, tool, input };
    return untimed(passGates(this.#run.gates, pending, { signal }));
  }

  #work(tool: Tool, input: unknown, record: RecordedCall, { signal, untimed }: HostCall): Promise<unknown> {
    const context = { signal, toolCallId: record.id, context: this.#run.context, untimed };
    if (!(tool instanceof AgentTool)) return tool.call(input, context);
    const delegated = delegating(context, {
      parent: { run: this.#run, callId: record.id },
      record,
      media: this.#media,
      onEvent: (event) =>
        this.#tell({ type: "managed-agent", step: this.#step.number, id: record.id, agent: tool.name, event }),
    });
    return untimed(tool.call(input, delegated));
  }

  #tell(event: AgentEvent): void {
    this.#queue.push(this.#run.tell(event));
  }
}

/** A call of no code: no clock runs that it could wait off. */
export function clockless(signal: AbortSignal): HostCall {
  return { signal, untimed: (work) => work };
}
