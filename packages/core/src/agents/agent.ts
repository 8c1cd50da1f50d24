import type { ActionStep } from "../memory/action-step.ts";
import { Memory } from "../memory/memory.ts";
import { TaskStep } from "../memory/task-step.ts";
import type { TokenUsage } from "../messages/token-usage.ts";
import { imagePart } from "../messages/image-part.ts";
import type { ImagePart } from "../messages/message.ts";
import { isMediaRef, type MediaRef } from "../media/media-ref.ts";
import type { Model } from "../model/model.ts";
import type { JsonSchema } from "../schema/json-schema.ts";
import type { Tool } from "../tool/tool.ts";
import { AgentError, configError } from "./agent-error.ts";
import type { AgentOptions } from "./agent-options.ts";
import type { AgentResult } from "./agent-result.ts";
import { AgentRun, type ParentRun } from "./agent-run.ts";
import type { AgentRunOptions } from "./agent-run-options.ts";
import { AgentTool } from "./agent-tool.ts";
import type { AdditionalArgs } from "./code/additional-args.ts";
import { argsNotes } from "./prompts/args-notes.ts";
import { answerSchemaCheck } from "./loop/answer-schema.ts";
import type { FinalAnswerCheck } from "./loop/final-answer-checks.ts";
import { MediaShelf } from "./calls/media-shelf.ts";
import { checkOptions } from "./check-options.ts";
import type { AgentEvent } from "./events.ts";
import { checkShape } from "./option-shape.ts";
import { runShape } from "./option-shapes.ts";
import { runLoop } from "./loop/loop.ts";
import { callBack } from "./loop/step-callbacks.ts";
import { RunStream } from "./loop/run-stream.ts";
import type { Turn } from "./loop/turn.ts";
import { compilePrompts, type Prompts, type PromptTemplates } from "./prompts/prompts.ts";
import { instructionsSection, managedAgentsSection } from "./prompts/sections.ts";

/** @throws AgentError `AGENT_CONFIG`. */
function taskImage(media: MediaRef): ImagePart {
  const image = imagePart(media);
  if (!image) throw configError(`images: a value of the type ${media.mediaType} is no image`);
  return image;
}

const goOn = "You worked on this before: go on from there.";
const variablesGone = "The variables of earlier steps are gone: define again what you need.";

/** What both kinds of agents need from the class that makes them. */
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

  /** Does one turn, see `LoopAgent.takeStep`. */
  protected abstract takeStep(
    step: ActionStep,
    turn: Turn,
    signal: AbortSignal,
  ): AsyncGenerator<AgentEvent, void, undefined>;

  /** How the task introduces the additional arguments. */
  protected abstract readonly argsIntroduction: string;

  /** Gives up what outlives runs. */
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
    return new RunStream((stream) => this.#work(stream, parent, task, options), options.signal);
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

  async *#work(
    stream: RunStream,
    parent: ParentRun | undefined,
    givenTask: string | null,
    options: AgentRunOptions,
  ): AsyncGenerator<AgentEvent, AgentResult, undefined> {
    if (this.#stream) {
      throw new AgentError("This agent is working on another task: wait for it, or make a second agent", {
        code: "AGENT_BUSY",
      });
    }
    checkShape("The run", options, runShape);
    if (typeof givenTask !== "string" && givenTask !== null) {
      throw configError("The task must be a text, or null to go on with the last one");
    }
    const { additionalArgs = {}, maxSteps = this.#options.maxSteps ?? 20 } = options;
    this.checkArgs(Object.keys(additionalArgs));
    if (options.images && options.images.length > 0 && this.model.supports?.images === false) {
      throw configError(`images: the model ${this.model.id} takes none`);
    }
    const images = (options.images ?? []).map((image) => (isMediaRef(image) ? taskImage(image) : image));
    const memory = this.#memoryToGoOnFrom(givenTask, options);
    const task = givenTask ?? memory?.task?.task ?? "";
    stream.signal.throwIfAborted();
    const run = new AgentRun({
      agent: this,
      task,
      signal: stream.signal,
      abort: (reason) => stream.abort(reason),
      budget: this.#options.budget ?? {},
      gate: this.#options,
      observers: this.#options.observers ?? [],
      additionalArgs: memory === this.memory ? { ...this.#args, ...additionalArgs } : additionalArgs,
      newArgs: additionalArgs,
      context: options.context,
      parent,
    });
    this.#stream = stream;
    this.#run = run;
    this.#args = run.additionalArgs;
    let outcome: { result: AgentResult } | { error: unknown } | undefined;
    try {
      run.start();
      const result = yield* this.#perform(run, memory, givenTask, images, maxSteps);
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

  /** Refuses names of additional arguments that cannot be. */
  protected abstract checkArgs(names: readonly string[]): void;

  async *#perform(
    run: AgentRun,
    memory: Memory | undefined,
    givenTask: string | null,
    images: readonly ImagePart[],
    maxSteps: number,
  ): AsyncGenerator<AgentEvent, AgentResult, undefined> {
    const { task } = run.info;
    const goesOn = memory === this.memory;
    run.throwIfEnded();
    if (!goesOn) this.media.clear();
    const { fresh } = await this.prepare(run, !goesOn);
    if (memory === undefined) this.memory.clear();
    else if (!goesOn) this.memory.replaceWith(memory);
    this.memory.setSystemPrompt(this.systemPrompt);
    const isGone = fresh && this.memory.fullCode() !== "";
    const notes = [
      ...(isGone ? [variablesGone] : []),
      ...argsNotes(this.argsIntroduction, isGone ? run.additionalArgs : run.newArgs),
      // A model is not asked after its own last word.
      ...(givenTask === null && this.memory.toMessages().at(-1)?.role === "assistant" ? [goOn] : []),
    ];
    if (givenTask !== null || notes.length + images.length > 0) {
      const step = new TaskStep(task, images, notes);
      this.memory.add(step);
      await callBack(this.#options.onStep, step, this, run.signal);
    }
    const turn: Turn = {
      run,
      model: this.model,
      memory: this.memory,
      prompts: this.prompts,
      task,
      maxImages: this.#options.maxImages ?? 10,
      parameters: this.#options.modelParameters ?? {},
      tools: this.toolDeclarations,
      managedAgents: managedAgentsSection(this.managedAgents),
      maxSteps,
      answerSchema: this.answerSchema,
    };
    return yield* runLoop({
      agent: this,
      turn,
      options: {
        ...this.#options,
        finalAnswerChecks: this.#checks,
      },
      firstNumber: givenTask === null ? this.#lastNumber() + 1 : 1,
      takeStep: (step, signal) => this.takeStep(step, turn, signal),
    });
  }

  /** The memory with which the run begins; `undefined` for an empty one. */
  #memoryToGoOnFrom(task: string | null, options: AgentRunOptions): Memory | undefined {
    const { memory, reset = task !== null && memory === undefined } = options;
    if (reset && memory !== undefined) throw configError("reset: true forgets the memory that is given: leave one out");
    if (reset && task === null) throw configError("reset: true forgets the task to go on with: leave it out");
    const from = memory === undefined ? this.memory : memory instanceof Memory ? memory : Memory.fromJSON(memory);
    if (task === null && !from.task) throw configError("There is no task to go on with: the memory holds none");
    return reset ? undefined : from;
  }

  #lastNumber(): number {
    const last = this.memory.steps.findLast((step) => step.kind === "action");
    return last ? (last as ActionStep).number : 0;
  }
}
