import type { ActionStep } from "../memory/action-step.ts";
import { Memory } from "../memory/memory.ts";
import { SystemPromptStep } from "../memory/system-prompt-step.ts";
import { TaskStep } from "../memory/task-step.ts";
import { textMessage } from "../messages/message.ts";
import type { Model } from "../model/model.ts";
import type { SandboxLimits } from "../sandbox/limits.ts";
import type { Sandbox, SandboxProvider } from "../sandbox/sandbox.ts";
import { renderDeclarations } from "../tool/declarations.ts";
import type { Tool } from "../tool/tool.ts";
import { type AdditionalArgs, checkAdditionalArgs, defineAdditionalArgs, taskWithArgs } from "./additional-args.ts";
import { AgentError } from "./agent-error.ts";
import type { AgentResult } from "./agent-result.ts";
import type { AgentRunOptions } from "./agent-run-options.ts";
import { askModel } from "./ask-model.ts";
import { checkMaxSteps } from "./check-max-steps.ts";
import { checkTools } from "./check-tools.ts";
import { codeOfReply } from "./code-of-reply.ts";
import { EventQueue } from "./event-queue.ts";
import type { AgentEvent } from "./events.ts";
import { runLoop } from "./loop.ts";
import { failureText, observationText } from "./observation.ts";
import { orAborted } from "./or-aborted.ts";
import { codeTags, withClosingTag } from "./parse-code.ts";
import { codeAgentPrompt, outOfStepsPrompt } from "./prompts/code-agent-prompt.ts";
import { RunStream } from "./run-stream.ts";
import { StepObserver } from "./step-observer.ts";
import { toolFunctions } from "./tool-functions.ts";

/** Options of {@link CodeAgent}. */
export interface CodeAgentOptions {
  model: Model;
  /** Where the code runs. */
  sandbox: SandboxProvider;
  tools?: readonly Tool[];
  /** Text added to the system prompt. */
  instructions?: string;
  /** Most steps of a run before the model is asked for its answer: a whole number from 1. @default 20 */
  maxSteps?: number;
  /** Limits of the sandbox that differ from the default ones. */
  limits?: Partial<SandboxLimits>;
}

/**
 * An agent whose model acts by writing JavaScript or TypeScript.
 *
 * The tools are functions of the code; the code runs in a sandbox and reaches nothing else. After Wang et al.,
 * "Executable Code Actions Elicit Better LLM Agents" (arXiv 2402.01030).
 *
 * @example
 * await using agent = new CodeAgent({ model, sandbox: quickjs(), tools: [weather] });
 * const answer = await agent.run("Which of Oslo and Bergen is warmer today?");
 */
export class CodeAgent implements AsyncDisposable {
  readonly model: Model;
  readonly tools: readonly Tool[];
  /** What the agent remembers. Steps may be read at any time. */
  readonly memory: Memory = new Memory();
  readonly #options: CodeAgentOptions;
  readonly #maxSteps: number;
  #sandbox: Sandbox | undefined;
  #run: RunStream | undefined;
  #current: StepObserver | undefined;
  #context: unknown;

  /**
   * @throws AgentError `AGENT_CONFIG` for two tools of one name or a bad `maxSteps`, ToolDeclarationError for a tool
   *   declared wrongly.
   */
  constructor(options: CodeAgentOptions) {
    this.#options = options;
    this.model = options.model;
    this.tools = [...(options.tools ?? [])];
    checkTools(this.tools);
    this.#maxSteps = options.maxSteps ?? 20;
    checkMaxSteps(this.#maxSteps);
  }

  /** The system prompt, made anew from the tools and instructions. */
  get systemPrompt(): string {
    return codeAgentPrompt({ declarations: renderDeclarations(this.tools), instructions: this.#options.instructions });
  }

  /**
   * Works on a task to its end.
   *
   * @returns The final answer, or everything that is known of the run with `returnFullResult`.
   * @throws AgentError as {@link stream} does, ModelError when the provider fails, the signal's reason when it is
   *   aborted. The steps until then are in `memory`.
   */
  run(task: string, options: AgentRunOptions & { returnFullResult: true }): Promise<AgentResult>;
  run(task: string, options?: AgentRunOptions & { returnFullResult?: false }): Promise<unknown>;
  async run(task: string, options: AgentRunOptions & { returnFullResult?: boolean } = {}): Promise<unknown> {
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
   *   `AGENT_DISPOSED` when the agent is disposed meanwhile.
   */
  stream(task: string, options: AgentRunOptions = {}): AsyncGenerator<AgentEvent, AgentResult | undefined, undefined> {
    return new RunStream((run) => this.#work(run, task, options), options.signal);
  }

  /** Ends the run in progress and the sandbox. The agent may be used again afterwards, with fresh variables. */
  async dispose(): Promise<void> {
    const reason = new AgentError("The agent was disposed during the run: dispose it after its last run", {
      code: "AGENT_DISPOSED",
    });
    await Promise.all([this.#run?.end(reason), this.#endSandbox()]);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  async *#work(
    run: RunStream,
    task: string,
    options: AgentRunOptions,
  ): AsyncGenerator<AgentEvent, AgentResult, undefined> {
    const { reset = true, additionalArgs = {}, maxSteps = this.#maxSteps } = options;
    if (this.#run) {
      throw new AgentError("This agent is working on another task: wait for it, or make a second agent", {
        code: "AGENT_BUSY",
      });
    }
    checkMaxSteps(maxSteps);
    checkAdditionalArgs(additionalArgs, this.tools);
    const { signal } = run;
    signal.throwIfAborted();
    this.#run = run;
    this.#context = options.context;
    try {
      if (reset) {
        this.memory.clear();
        await orAborted(this.#endSandbox(), signal);
      }
      const sandbox = await this.#openSandbox(signal);
      await defineAdditionalArgs(sandbox, additionalArgs, signal);
      if (this.memory.steps.length === 0) this.memory.add(new SystemPromptStep(this.systemPrompt));
      this.memory.add(new TaskStep(taskWithArgs(task, additionalArgs), options.images));
      return yield* runLoop({
        memory: this.memory,
        maxSteps,
        signal,
        takeStep: (step) => this.#takeStep(step, sandbox, additionalArgs, signal),
        answerWithoutSteps: (step) => this.#answerWithoutSteps(step, task, signal),
      });
    } finally {
      this.#current = undefined;
      this.#context = undefined;
      this.#run = undefined;
    }
  }

  async #openSandbox(signal: AbortSignal): Promise<Sandbox> {
    if (this.#sandbox) return this.#sandbox;
    signal.throwIfAborted();
    // The provider is not handed the signal: it would end the sandbox with this run, and later runs use it too.
    const creation = this.#options.sandbox.create({
      functions: toolFunctions(
        this.tools,
        () => this.#current,
        () => this.#context,
      ),
      ...(this.#options.limits && { limits: this.#options.limits }),
    });
    try {
      const sandbox = await orAborted(creation, signal);
      signal.throwIfAborted();
      this.#sandbox = sandbox;
      return sandbox;
    } catch (error) {
      // A sandbox that comes after the abort is nobody's any more.
      creation.then((late) => late.dispose()).catch(() => undefined);
      throw error;
    }
  }

  async #endSandbox(): Promise<void> {
    const sandbox = this.#sandbox;
    this.#sandbox = undefined;
    await sandbox?.dispose();
  }

  async *#takeStep(
    step: ActionStep,
    sandbox: Sandbox,
    additionalArgs: AdditionalArgs,
    signal: AbortSignal,
  ): AsyncGenerator<AgentEvent, void, undefined> {
    const request = { messages: this.memory.toMessages(), stop: [codeTags.close, "\nObservation:"] };
    const reply = yield* askModel(this.model, request, step, signal);
    const code = codeOfReply(reply);
    step.modelOutput = withClosingTag(reply.text);
    step.code = code;
    yield { type: "code", step: step.number, code };
    const queue = new EventQueue<AgentEvent>();
    this.#current = new StepObserver(step, queue);
    const onOutput = (text: string): void => queue.push({ type: "output", step: step.number, text });
    const result = yield* queue.drain(orAborted(sandbox.run(code, { signal, onOutput }), signal));
    this.#current = undefined;
    // What the caller gave cannot be made anew by the model.
    if (result.stateLost) await defineAdditionalArgs(sandbox, additionalArgs, signal);
    const observation = observationText(result);
    if (observation !== "") step.observation = observation;
    if (result.finalAnswer) step.finalAnswer = result.finalAnswer;
    else if (result.error) {
      const message = failureText(result, code) ?? result.error.message;
      step.error = { code: result.error.code, message, endedRun: false };
    }
  }

  async *#answerWithoutSteps(
    step: ActionStep,
    task: string,
    signal: AbortSignal,
  ): AsyncGenerator<AgentEvent, void, undefined> {
    const history = this.memory.toMessages().filter((message) => message.role !== "system");
    const before = textMessage("system", outOfStepsPrompt.before);
    const messages = [before, ...history, textMessage("user", outOfStepsPrompt.after(task))];
    const { text } = yield* askModel(this.model, { messages }, step, signal);
    step.finalAnswer = { value: text.trim() };
  }
}
