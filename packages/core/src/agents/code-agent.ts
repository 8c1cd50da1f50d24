import type { ActionStep } from "../memory/action-step.ts";
import { Memory } from "../memory/memory.ts";
import { SystemPromptStep } from "../memory/system-prompt-step.ts";
import { TaskStep } from "../memory/task-step.ts";
import { type Message, textMessage } from "../messages/message.ts";
import { ReplyCollector } from "../model/collect.ts";
import type { Model, ModelRequest } from "../model/model.ts";
import type { Sandbox, SandboxProvider } from "../sandbox/sandbox.ts";
import type { SandboxLimits } from "../sandbox/limits.ts";
import { renderDeclarations } from "../tool/declarations.ts";
import type { Tool } from "../tool/tool.ts";
import { AgentError } from "./agent-error.ts";
import type { AgentResult } from "./agent-result.ts";
import { checkTools } from "./check-tools.ts";
import { EventQueue } from "./event-queue.ts";
import type { AgentEvent } from "./events.ts";
import { runLoop } from "./loop.ts";
import { failureText, observationText } from "./observation.ts";
import { codeTags, parseCode } from "./parse-code.ts";
import { codeAgentPrompt, outOfStepsPrompt } from "./prompts/code-agent-prompt.ts";
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
  /** Most steps of a run before the model is asked for its answer. @default 20 */
  maxSteps?: number;
  /** Limits of the sandbox that differ from the default ones. */
  limits?: Partial<SandboxLimits>;
}

/** Options of one run. */
export interface AgentRunOptions {
  /** Forget earlier runs, and the variables of their code. @default true */
  reset?: boolean;
  /** Variables of the code, as JSON values; the task's text names them. */
  additionalArgs?: Record<string, unknown>;
  /** Most steps of this run. */
  maxSteps?: number;
  /** Ends the run: it then rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Handed to the tools as `context.context`. Never shown to the model. */
  context?: unknown;
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
  #sandbox: Sandbox | undefined;
  #running = false;
  #current: StepObserver | undefined;
  #context: unknown;

  /** @throws AgentError `AGENT_CONFIG` for two tools of one name, ToolDeclarationError for a tool declared wrongly. */
  constructor(options: CodeAgentOptions) {
    this.#options = options;
    this.model = options.model;
    this.tools = [...(options.tools ?? [])];
    checkTools(this.tools);
  }

  /** The system prompt, made anew from the tools and instructions. */
  get systemPrompt(): string {
    return codeAgentPrompt({ declarations: renderDeclarations(this.tools), instructions: this.#options.instructions });
  }

  /**
   * Works on a task to its end.
   *
   * @returns The final answer, or everything that is known of the run with `returnFullResult`.
   * @throws ModelError when the provider fails; the steps until then are in `memory`.
   */
  run(task: string, options: AgentRunOptions & { returnFullResult: true }): Promise<AgentResult>;
  run(task: string, options?: AgentRunOptions & { returnFullResult?: false }): Promise<unknown>;
  async run(task: string, options: AgentRunOptions & { returnFullResult?: boolean } = {}): Promise<unknown> {
    const events = this.stream(task, options);
    let next = await events.next();
    while (!next.done) next = await events.next();
    return options.returnFullResult ? next.value : next.value.output;
  }

  /**
   * Works on a task and tells what happens. A reader that stops early ends the run.
   *
   * @throws AgentError `AGENT_BUSY` when a run is in progress.
   */
  async *stream(task: string, options: AgentRunOptions = {}): AsyncGenerator<AgentEvent, AgentResult, undefined> {
    if (this.#running) {
      throw new AgentError("This agent is working on another task: wait for it, or make a second agent", {
        code: "AGENT_BUSY",
      });
    }
    this.#running = true;
    const abort = new AbortController();
    const signal = options.signal ? AbortSignal.any([options.signal, abort.signal]) : abort.signal;
    try {
      this.#context = options.context;
      await this.#begin(task, options, signal);
      return yield* runLoop({
        memory: this.memory,
        maxSteps: options.maxSteps ?? this.#options.maxSteps ?? 20,
        signal,
        takeStep: (step) => this.#takeStep(step, signal),
        answerWithoutSteps: (step) => this.#answerWithoutSteps(step, task, signal),
      });
    } finally {
      abort.abort();
      this.#current = undefined;
      this.#running = false;
    }
  }

  /** Ends the sandbox. The agent may be used again afterwards, with fresh variables. */
  async dispose(): Promise<void> {
    const sandbox = this.#sandbox;
    this.#sandbox = undefined;
    await sandbox?.dispose();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  async #begin(task: string, options: AgentRunOptions, signal: AbortSignal): Promise<void> {
    if (options.reset ?? true) {
      this.memory.clear();
      await this.dispose();
    }
    if (this.memory.steps.length === 0) this.memory.add(new SystemPromptStep(this.systemPrompt));
    this.memory.add(new TaskStep(taskText(task, options.additionalArgs)));
    signal.throwIfAborted();
    this.#sandbox ??= await this.#options.sandbox.create({
      functions: toolFunctions(
        this.tools,
        () => this.#current,
        () => this.#context,
      ),
      ...(this.#options.limits && { limits: this.#options.limits }),
    });
    if (options.additionalArgs) await this.#sandbox.run("", { variables: options.additionalArgs, signal });
  }

  async *#takeStep(step: ActionStep, signal: AbortSignal): AsyncGenerator<AgentEvent, void, undefined> {
    const stop = [codeTags.close, "\nObservation:"];
    const answer = yield* this.#ask(step, { messages: this.memory.toMessages(), stop }, signal);
    // The stop text is not part of the answer; the model sees its own code closed.
    const open = answer.lastIndexOf(codeTags.open) > answer.lastIndexOf(codeTags.close);
    step.modelOutput = open ? `${answer.trimEnd()}\n${codeTags.close}` : answer;
    step.code = parseCode(answer);
    yield { type: "code", step: step.number, code: step.code };
    const sandbox = this.#sandbox;
    if (!sandbox) throw new AgentError("The agent was disposed during the run", { code: "AGENT_CONFIG" });
    const queue = new EventQueue<AgentEvent>();
    this.#current = new StepObserver(step, queue);
    const result = yield* queue.drain(
      sandbox.run(step.code, {
        signal,
        onOutput: (text) => queue.push({ type: "output", step: step.number, text }),
      }),
    );
    this.#current = undefined;
    const observation = observationText(result);
    if (observation !== "") step.observation = observation;
    if (result.finalAnswer) step.finalAnswer = result.finalAnswer;
    else if (result.error) {
      step.error = { code: result.error.code, message: failureText(result, step.code) ?? result.error.message };
    }
  }

  async *#answerWithoutSteps(
    step: ActionStep,
    task: string,
    signal: AbortSignal,
  ): AsyncGenerator<AgentEvent, void, undefined> {
    const history = this.memory.toMessages().filter((message) => message.role !== "system");
    const messages: Message[] = [
      textMessage("system", outOfStepsPrompt.before),
      ...history,
      textMessage("user", outOfStepsPrompt.after(task)),
    ];
    const answer = yield* this.#ask(step, { messages }, signal);
    step.modelOutput = answer;
    step.error = {
      code: "AGENT_MAX_STEPS",
      message: `The steps ran out after ${step.number - 1}; the answer is the model's best.`,
    };
    step.finalAnswer = { value: answer.trim() };
  }

  async *#ask(
    step: ActionStep,
    request: ModelRequest,
    signal: AbortSignal,
  ): AsyncGenerator<AgentEvent, string, undefined> {
    const collector = new ReplyCollector();
    for await (const delta of this.model.stream(request, { signal })) {
      collector.add(delta);
      yield { type: "model-delta", step: step.number, delta };
    }
    const reply = collector.reply();
    if (reply.usage) step.usage = reply.usage;
    if (reply.reasoning !== "") step.reasoning = reply.reasoning;
    step.modelOutput = reply.text;
    return reply.text;
  }
}

function taskText(task: string, additionalArgs: Record<string, unknown> | undefined): string {
  const names = Object.keys(additionalArgs ?? {});
  if (names.length === 0) return task;
  return `${task}\n\nThese variables are defined in the code: ${names.join(", ")}.`;
}
