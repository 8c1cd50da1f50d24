import { ActionStep } from "../memory/action-step.ts";
import { Memory } from "../memory/memory.ts";
import { TaskStep } from "../memory/task-step.ts";
import type { TokenUsage } from "../messages/token-usage.ts";
import type { Model } from "../model/model.ts";
import type { JsonSchema } from "../schema/json-schema.ts";
import type { Tool } from "../tool/tool.ts";
import { AgentError } from "./agent-error.ts";
import type { AgentResult } from "./agent-result.ts";
import { AgentRun, type ParentRun } from "./agent-run.ts";
import { AgentTool } from "./agent-tool.ts";
import { MediaShelf } from "./calls/media-shelf.ts";
import type { AdditionalArgs } from "./code/additional-args.ts";
import type { AgentEvent } from "./events.ts";
import { answerSchemaCheck } from "./loop/answer-schema.ts";
import type { FinalAnswerCheck } from "./loop/final-answer-checks.ts";
import { runLoop } from "./loop/loop.ts";
import type { RunContext } from "./loop/run-context.ts";
import { RunStream } from "./loop/run-stream.ts";
import { callBack } from "./loop/step-callbacks.ts";
import type { AgentOptions } from "./options/agent-options.ts";
import type { AgentRunOptions } from "./options/agent-run-options.ts";
import { checkOptions } from "./options/check-options.ts";
import { argsNotes } from "./prompts/args-notes.ts";
import { compilePrompts, type Prompts, type PromptTemplates } from "./prompts/prompts.ts";
import { instructionsSection, managedAgentsSection } from "./prompts/sections.ts";
import { type RunInput, runInput } from "./run-input.ts";

const goOn = "You worked on this before: go on from there.";
const variablesGone = "The variables of earlier steps are gone: define again what you need.";

/** What tells one kind of agent from the other. */
export interface AgentKind {
  readonly kind: "code" | "tool-calling";
  readonly defaultPrompts: PromptTemplates;
}

/**
 * What all agents have in common: a model, tools, a memory, and runs. See `CodeAgent` and `ToolCallingAgent`.
 *
 * An agent does one run at a time; its memory and the variables of its code live on until the next run resets them.
 */
export abstract class Agent implements AsyncDisposable {
  readonly kind: "code" | "tool-calling";
  readonly model: Model;
  readonly tools: readonly Tool[];
  /** The managed agents, as the tools that the model sees. */
  readonly managedAgents: readonly AgentTool[];
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly answerSchema: JsonSchema | undefined;
  /** What the agent remembers. Steps may be read at any time, and changed between steps. */
  readonly memory: Memory = new Memory();
  /** @internal */
  readonly prompts: Prompts;
  /** @internal */
  readonly reportsSummary: boolean;
  protected readonly media: MediaShelf = new MediaShelf();
  readonly #options: AgentOptions;
  readonly #checks: readonly FinalAnswerCheck[];
  #stream: RunStream | undefined;
  #run: AgentRun | undefined;
  #usage: TokenUsage | undefined;
  /** What callers gave since the last reset. */
  #args: AdditionalArgs = {};

  protected constructor(options: AgentOptions, { kind, defaultPrompts }: AgentKind) {
    this.kind = kind;
    this.#options = options;
    this.model = options.model;
    this.name = options.name;
    this.description = options.description;
    this.answerSchema = options.answerSchema;
    this.tools = [...(options.tools ?? [])];
    this.managedAgents = (options.managedAgents ?? []).map((agent) => new AgentTool(agent));
    this.reportsSummary = options.provideRunSummary ?? false;
    this.prompts = compilePrompts(defaultPrompts, options.prompts);
    checkOptions(options, [...this.tools, ...this.managedAgents]);
    this.#checks = [...answerSchemaCheck(options.answerSchema), ...(options.finalAnswerChecks ?? [])];
  }

  /** An agent of the same options, with a memory of its own. */
  abstract fork(): Agent;

  /** Declarations of what the model can call, as the prompts show them. */
  protected abstract get toolDeclarations(): string;

  /** What the system prompt says of them. */
  protected get systemTools(): string {
    return this.toolDeclarations;
  }

  /** What stands before and after code in the model's answers, where they hold code. */
  protected get codeTags(): { readonly open: string; readonly close: string } {
    return { open: "", close: "" };
  }

  /**
   * Makes ready what the steps of a run need, before the task is in memory.
   *
   * @param reset - Whether what earlier runs left, such as variables, has to go.
   * @returns Whether there are no variables of earlier runs.
   */
  protected abstract prepare(run: AgentRun, reset: boolean): Promise<{ fresh: boolean }>;

  /** Takes one step, see `LoopAgent.takeStep`. */
  protected abstract takeStep(
    step: ActionStep,
    context: RunContext,
    signal: AbortSignal,
  ): AsyncGenerator<AgentEvent, void, undefined>;

  /** How the task introduces the additional arguments. */
  protected abstract readonly argsIntroduction: string;

  /** Refuses names of additional arguments that cannot be. */
  protected abstract checkArgs(names: readonly string[]): void;

  /** Lets go of what outlives runs. */
  protected async release(): Promise<void> {
    // Nothing outlives a run but the memory, unless an agent says otherwise.
  }

  /** The system prompt, made anew from the tools and instructions. */
  get systemPrompt(): string {
    return this.prompts.system({
      tools: this.systemTools,
      managedAgents: managedAgentsSection(this.managedAgents),
      instructions: instructionsSection(this.#options.instructions),
      openTag: this.codeTags.open,
      closeTag: this.codeTags.close,
    });
  }

  /** Tokens of the last run, or of the one in progress; `undefined` when a provider did not tell all of them. */
  get usage(): TokenUsage | undefined {
    return this.#run ? this.#run.meter.usage : this.#usage;
  }

  /**
   * Works on a task to its end.
   *
   * @param task - What to do; `null` to go on with the last task of the memory, such as one that was interrupted.
   * @returns The final answer, or everything that is known of the run with `returnFullResult`.
   * @throws AgentError as {@link stream} does, ModelError when the provider fails, the signal's reason when it is
   *   aborted. The steps until then are in `memory`.
   */
  run(task: string | null, options: AgentRunOptions & { returnFullResult: true }): Promise<AgentResult>;
  run(task: string | null, options?: AgentRunOptions & { returnFullResult?: boolean | undefined }): Promise<unknown>;
  async run(
    task: string | null,
    options: AgentRunOptions & { returnFullResult?: boolean | undefined } = {},
  ): Promise<unknown> {
    let result: AgentResult | undefined;
    for await (const event of this.stream(task, options)) if (event.type === "result") result = event.result;
    return options.returnFullResult ? result : result?.output;
  }

  /**
   * Works on a task and tells what happens. Nothing is done before the first `next`.
   *
   * A reader that stops early ends the run, even while a `next` is pending: that one is then done, without a result.
   *
   * @throws AgentError from `next`: `AGENT_BUSY` when a run is in progress, `AGENT_CONFIG` for bad options,
   *   `AGENT_INTERRUPTED` after {@link interrupt}, `AGENT_CALLBACK_FAILED` for a callback, hook or observer that threw,
   *   `AGENT_DISPOSED` when the agent is disposed meanwhile.
   */
  stream(
    task: string | null,
    options: AgentRunOptions = {},
  ): AsyncGenerator<AgentEvent, AgentResult | undefined, undefined> {
    return this.streamWithin(undefined, task, options);
  }

  /** @internal A run for a manager. */
  streamWithin(
    parent: ParentRun | undefined,
    task: string | null,
    options: AgentRunOptions,
  ): AsyncGenerator<AgentEvent, AgentResult | undefined, undefined> {
    // What is no signal, or no object of options, is refused by the first `next`.
    const { signal } = { ...options };
    return new RunStream(
      (stream) => this.#work(stream, parent, task, options),
      signal instanceof AbortSignal ? signal : undefined,
    );
  }

  /**
   * Ends the run in progress before its next step, and the runs of its managed agents before theirs. It rejects with
   * `AGENT_INTERRUPTED`; `run(null)` goes on with it.
   */
  interrupt(): void {
    this.#run?.interrupt();
  }

  /** Ends the run in progress, and what the agent holds. It may be used again afterwards, with fresh variables. */
  async dispose(): Promise<void> {
    const reason = new AgentError("The agent was disposed during the run: dispose it after its last run", {
      code: "AGENT_DISPOSED",
    });
    // A sandbox that is being made for the run is there, or given up, when the run has ended.
    await this.#stream?.end(reason);
    await this.release();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  /** One run from its beginning to its end. */
  async *#work(
    stream: RunStream,
    parent: ParentRun | undefined,
    task: string | null,
    options: AgentRunOptions,
  ): AsyncGenerator<AgentEvent, AgentResult, undefined> {
    if (this.#stream) {
      throw new AgentError("This agent is working on another task: wait for it, or make a second agent", {
        code: "AGENT_BUSY",
      });
    }
    const input = runInput(this, task, options);
    this.checkArgs(Object.keys(input.additionalArgs));
    stream.signal.throwIfAborted();
    const run = new AgentRun({
      agent: this,
      task: input.task,
      stream,
      budget: this.#options.budget ?? {},
      gate: this.#options,
      observers: this.#options.observers ?? [],
      additionalArgs: input.memory === this.memory ? { ...this.#args, ...input.additionalArgs } : input.additionalArgs,
      newArgs: input.additionalArgs,
      context: options.context,
      parent,
    });
    this.#stream = stream;
    this.#run = run;
    let outcome: { result: AgentResult } | { error: unknown } | undefined;
    try {
      run.start();
      run.throwIfEnded();
      await this.#begin(run, input);
      const result = yield* this.#loop(run, input.goesOn, options.maxSteps ?? this.#options.maxSteps ?? 20);
      outcome = { result };
      return result;
    } catch (error) {
      outcome = { error };
      throw error;
    } finally {
      this.#usage = run.meter.usage;
      this.#run = undefined;
      this.#stream = undefined;
      run.end(outcome ?? { error: stream.signal.reason });
    }
  }

  /** Makes variables and memory ready, and puts the task into memory. */
  async #begin(run: AgentRun, { task, goesOn, images, memory }: RunInput): Promise<void> {
    const reset = memory !== this.memory;
    if (reset) this.media.clear();
    const { fresh } = await this.prepare(run, reset);
    if (memory === undefined) this.memory.clear();
    else if (reset) this.memory.replaceWith(memory);
    // With the variables and the memory, which know of them, whatever comes of the run.
    this.#args = run.additionalArgs;
    this.memory.setSystemPrompt(this.systemPrompt);
    const areGone = fresh && this.memory.fullCode() !== "";
    const notes = [
      ...(areGone ? [variablesGone] : []),
      ...argsNotes(this.argsIntroduction, areGone ? run.additionalArgs : run.newArgs),
      // A model is not asked after its own last word.
      ...(goesOn && this.memory.toMessages().at(-1)?.role === "assistant" ? [goOn] : []),
    ];
    if (goesOn && notes.length === 0 && images.length === 0) return;
    const step = new TaskStep(task, images, notes);
    this.memory.add(step);
    await callBack(this.#options.onStep, step, this, run.signal);
  }

  #loop(run: AgentRun, goesOn: boolean, maxSteps: number): AsyncGenerator<AgentEvent, AgentResult, undefined> {
    const context: RunContext = {
      run,
      model: this.model,
      memory: this.memory,
      prompts: this.prompts,
      task: run.info.task,
      maxImages: this.#options.maxImages ?? 10,
      parameters: this.#options.modelParameters ?? {},
      tools: this.toolDeclarations,
      managedAgents: managedAgentsSection(this.managedAgents),
      maxSteps,
      answerSchema: this.answerSchema,
    };
    const last = goesOn ? this.memory.steps.findLast((step) => step instanceof ActionStep) : undefined;
    return runLoop({
      agent: this,
      context,
      options: { ...this.#options, finalAnswerChecks: this.#checks },
      firstNumber: (last?.number ?? 0) + 1,
      takeStep: (step, signal) => this.takeStep(step, context, signal),
    });
  }
}
