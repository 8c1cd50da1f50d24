import { isSmoltoolsError } from "../errors/smoltools-error.ts";
import { isMediaRef } from "../media/media-ref.ts";
import { ActionStep, type ToolAnswer } from "../memory/action-step.ts";
import type { MemoryStep } from "../memory/step.ts";
import { imagePart } from "../messages/image-part.ts";
import type { ModelReply } from "../model/collect.ts";
import type { ModelRequest, ModelTool, ToolChoice } from "../model/model.ts";
import type { ObjectSchema } from "../schema/json-schema.ts";
import { renderDeclarations } from "../tool/declarations/render-declarations.ts";
import { withShortResult } from "../tool/declarations/short-result.ts";
import { tool as defineTool } from "../tool/define-tool.ts";
import type { Tool } from "../tool/tool.ts";
import { Agent } from "./agent.ts";
import { AgentError, configError } from "./agent-error.ts";
import type { AgentOptions } from "./options/agent-options.ts";
import type { AgentRun } from "./agent-run.ts";
import { answerText, failureText } from "./calls/answer-text.ts";
import type { WantedCall } from "./calls/calls-in-text.ts";
import { inParallel } from "./calls/in-parallel.ts";
import { withNamedValues } from "./calls/named-values.ts";
import { clockless, StepCalls } from "./calls/step-calls.ts";
import { searchToolName } from "./calls/tool-search.ts";
import { Toolbox } from "./calls/toolbox.ts";
import { nameList, quotedName } from "./calls/name-list.ts";
import { argumentsOf, finalAnswerName, maxCalls, wantedCalls, withIds } from "./calls/wanted-calls.ts";
import { checkShape } from "./options/option-shape.ts";
import { toolCallingAgentShape } from "./options/option-shapes.ts";
import type { AgentEvent } from "./events.ts";
import { askModel } from "./loop/ask-model.ts";
import { cutMiddle } from "./loop/cut-middle.ts";
import { EventQueue } from "./loop/event-queue.ts";
import { orAborted } from "./loop/or-aborted.ts";
import { conversation, type RunContext } from "./loop/run-context.ts";
import { callsInTextSection, toolCallingAgentPrompts } from "./prompts/tool-calling-agent-prompt.ts";

/** Options of {@link ToolCallingAgent}. */
export interface ToolCallingAgentOptions extends AgentOptions {
  /** Most calls of one answer that are carried out at the same time. @default 8 */
  maxParallelCalls?: number;
  /** Whether the model must call a tool; some providers take `"auto"` only. @default "required" */
  toolChoice?: Extract<ToolChoice, "auto" | "required">;
}

/** What became of one call. */
interface Outcome extends ToolAnswer {
  output?: unknown;
  error?: unknown;
}

const notBegun: Outcome = { text: "This call was not carried out.", isError: true };
const notEnded: Outcome = {
  text: "The run was ended during this call: it may have been carried out in part.",
  isError: true,
};

/**
 * An agent whose model acts by calling tools: by native tool calls, or, with a model that has none, by JSON in its text.
 *
 * After Yao et al., "ReAct: Synergizing Reasoning and Acting in Language Models" (arXiv 2210.03629).
 *
 * @example
 * const agent = new ToolCallingAgent({ model, tools: [weather] });
 * const answer = await agent.run("Which of Oslo and Bergen is warmer today?");
 */
export class ToolCallingAgent extends Agent {
  readonly #options: ToolCallingAgentOptions;
  readonly #toolbox: Toolbox;
  readonly #finalAnswer: Tool;
  readonly #isNative: boolean;
  /** Tools that a search showed: from then on they are offered to the model. */
  readonly #found = new Set<Tool>();

  /**
   * @throws AgentError `AGENT_CONFIG` for names that clash or a bad option, ToolDeclarationError for a tool declared
   *   wrongly.
   */
  constructor(options: ToolCallingAgentOptions) {
    checkShape("ToolCallingAgent", options, toolCallingAgentShape, ["model"]);
    super(options, { kind: "tool-calling", defaultPrompts: toolCallingAgentPrompts });
    this.#options = options;
    this.#isNative = this.model.supports?.tools !== false;
    this.#toolbox = new Toolbox(this.tools, this.managedAgents, renderDeclarations, options.toolSearch, (tools) => {
      for (const each of tools) this.#found.add(each);
    });
    this.#finalAnswer = this.#toolbox.finalAnswer ?? finalAnswerTool(options.answerSchema);
  }

  fork(): ToolCallingAgent {
    return new ToolCallingAgent(this.#options);
  }

  protected get toolDeclarations(): string {
    return renderDeclarations([...this.#toolbox.shown, this.#finalAnswer].map(withShortResult));
  }

  protected override get systemTools(): string {
    return this.#isNative ? "" : callsInTextSection(this.toolDeclarations);
  }

  protected checkArgs(names: readonly string[]): void {
    for (const name of names) {
      if (name.trim() === "") throw configError("additionalArgs: a value needs a name");
    }
  }

  protected readonly argsIntroduction = "These values are stored, and can be given to tools by their names:";

  protected async prepare(_run: AgentRun, reset: boolean): Promise<{ fresh: boolean }> {
    if (reset) this.#found.clear();
    return { fresh: true };
  }

  protected async *takeStep(
    step: ActionStep,
    context: RunContext,
    signal: AbortSignal,
  ): AsyncGenerator<AgentEvent, void, undefined> {
    const startedAt = performance.now();
    const question = { model: context.model, request: this.#request(context), purpose: "step", signal, step } as const;
    const reply = yield* askModel(context.run, { ...question, number: step.number });
    step.modelDurationMs = performance.now() - startedAt;
    step.modelOutput = reply.text;
    step.modelCalls = withIds(reply.toolCalls);
    if (reply.reasoning !== "") step.reasoning = reply.reasoning;
    const wanted = this.#wanted(reply, step);
    const queue = new EventQueue<AgentEvent>();
    const calls = new StepCalls(context.run, step, queue, this.media);
    const outcomes = wanted.map(() => notBegun);
    const work = inParallel(wanted, this.#options.maxParallelCalls ?? 8, async (call, index) => {
      if (signal.aborted) return;
      outcomes[index] = notEnded;
      const outcome = await this.#carryOut(call, calls, context.run, signal);
      if (!(signal.aborted && outcome.isError)) outcomes[index] = outcome;
    });
    try {
      yield* queue.drain(orAborted(work, signal));
    } finally {
      // A run that is ended here may be gone on with: its model has to know what was done.
      this.#write(step, wanted, outcomes);
    }
  }

  #request(context: RunContext): ModelRequest {
    const request = { ...context.parameters, messages: conversation(context) };
    if (!this.#isNative) return { ...request, stop: ["\nObservation:"] };
    if (this.#found.size === 0) this.#recallFound(context.memory.steps);
    const offered = new Set([...this.#toolbox.shown, ...this.#found, this.#finalAnswer]);
    const { toolChoice = "required" } = this.#options;
    return { ...request, tools: [...offered].map(modelTool), toolChoice };
  }

  /** A memory from elsewhere tells of searches: what they showed has to be offered here, too. */
  #recallFound(steps: readonly MemoryStep[]): void {
    for (const step of steps) {
      if (!(step instanceof ActionStep)) continue;
      for (const [index, { name }] of step.modelCalls.entries()) {
        const told = name === searchToolName ? step.answers[index]?.text : undefined;
        if (told !== undefined) for (const each of this.#toolbox.namedIn(told)) this.#found.add(each);
      }
    }
  }

  /** @throws AgentError for the model; every native call has been answered then. */
  #wanted(reply: ModelReply, step: ActionStep): WantedCall[] {
    try {
      return wantedCalls(reply, this.#isNative);
    } catch (error) {
      if (isSmoltoolsError(error)) {
        const isLong = reply.toolCalls.length > maxCalls;
        const text = (index: number): string => (isLong && index > 0 ? "Not made." : error.message);
        step.answers = reply.toolCalls.map((_, index) => ({ text: text(index), isError: true }));
      }
      throw error;
    }
  }

  /** Makes one call. What goes wrong is its outcome, unless the run has ended. */
  async #carryOut(call: WantedCall, calls: StepCalls, run: AgentRun, signal: AbortSignal): Promise<Outcome> {
    let input: unknown = call.arguments;
    try {
      const isAnswer = call.name === finalAnswerName;
      const tool = isAnswer ? this.#finalAnswer : this.#toolbox.get(call.name);
      if (!tool) throw this.#unknownTool(call.name);
      const valueOf = (name: string): unknown => this.#stored(run, name);
      const given = argumentsOf(call) ?? (takesNothing(tool) ? {} : null);
      input = this.media.unshelve(withNamedValues(given, valueOf));
      const output = isAnswer
        ? await this.#answer(input, calls, signal)
        : await calls.perform(tool, input, clockless(signal));
      return { output, text: answerText(output, this.media), isError: false };
    } catch (error) {
      return { error, text: failureText(error, call.name, input), isError: true };
    }
  }

  /** The final answer: as the model gave it, or as the caller's own tool makes it. */
  async #answer(input: unknown, calls: StepCalls, signal: AbortSignal): Promise<unknown> {
    if (this.#toolbox.finalAnswer) return calls.performFinal(this.#finalAnswer, input, signal);
    return this.#finalAnswer.call(input, { signal });
  }

  #write(step: ActionStep, wanted: readonly WantedCall[], outcomes: readonly Outcome[]): void {
    const failed = outcomes.filter(({ isError }) => isError);
    if (step.modelCalls.length > 0) {
      step.answers = outcomes.map(({ text, isError }) => ({ text, isError }));
    } else {
      const texts = outcomes.flatMap((outcome, index) => {
        if (outcome.isError && outcome !== notEnded) return [];
        const name = wanted[index]?.name ?? "";
        return [wanted.length > 1 ? `${quotedName(name)}: ${outcome.text}` : outcome.text];
      });
      if (texts.length > 0) step.observation = texts.join("\n");
    }
    const [first] = failed;
    if (first) {
      const code = isSmoltoolsError(first.error) ? first.error.code : "AGENT_FAILED";
      step.error = { code, message: cutMiddle(failed.map(({ text }) => text).join("\n")), endedRun: false };
    }
    if (this.model.supports?.images !== false) {
      const media = outcomes.flatMap(({ output }) => (isMediaRef(output) ? [output] : []));
      step.images = media.map(imagePart).filter((image) => image !== undefined);
    }
    const [only] = outcomes;
    if (only && !only.isError && wanted[0]?.name === finalAnswerName) step.finalAnswer = { value: only.output };
  }

  #stored(run: AgentRun, name: string): unknown {
    return Object.hasOwn(run.additionalArgs, name) ? run.additionalArgs[name] : this.media.get(name);
  }

  #unknownTool(name: string): AgentError {
    const names = [...this.#toolbox.callable.map((each) => each.name), finalAnswerName];
    return new AgentError(`There is no tool called "${quotedName(name)}": it should be one of: ${nameList(names)}`, {
      code: "AGENT_UNKNOWN_TOOL",
    });
  }
}

/** Models write `null` for no arguments. */
function takesNothing({ inputSchema }: Tool): boolean {
  return Object.keys(inputSchema.properties ?? {}).length === 0 && (inputSchema.required ?? []).length === 0;
}

function modelTool({ name, description, inputSchema }: Tool): ModelTool {
  return { name, description, inputSchema };
}

/** The built-in way to give the final answer. Its arguments stand for themselves, or for a stored value. */
function finalAnswerTool(answer: AgentOptions["answerSchema"]): Tool {
  const description = "The answer to the task.";
  // References of the schema count from the root.
  const { $defs, ...schema } = typeof answer === "object" ? answer : {};
  const input: ObjectSchema = {
    type: "object",
    ...($defs !== undefined && { $defs }),
    properties: { answer: { description, ...schema } },
    required: ["answer"],
    additionalProperties: false,
  };
  return defineTool({
    name: finalAnswerName,
    description: "Gives the final answer and ends the task.",
    input,
    execute: ({ answer }) => answer,
  });
}
