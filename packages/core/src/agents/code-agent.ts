import { isSmoltoolsError } from "../errors/smoltools-error.ts";
import { ActionStep } from "../memory/action-step.ts";
import type { Memory } from "../memory/memory.ts";
import { imagePart } from "../messages/image-part.ts";
import type { SandboxLimits } from "../sandbox/limits.ts";
import type { HostFetch, RunResult, SandboxProvider } from "../sandbox/sandbox.ts";
import { inputFromArguments } from "../tool/call-arguments.ts";
import { Agent } from "./agent.ts";
import { configError } from "./agent-error.ts";
import type { AgentRun } from "./agent-run.ts";
import { StepCalls } from "./calls/step-calls.ts";
import { Toolbox } from "./calls/toolbox.ts";
import { toolFunctions } from "./calls/tool-functions.ts";
import { checkVariableNames } from "./code/additional-args.ts";
import type { CodeChecker } from "./code/code-checker.ts";
import { type CodeFormat, codeOfReply, structuredAnswer } from "./code/code-of-reply.ts";
import { CodeSession } from "./code/code-session.ts";
import { languages } from "./code/languages.ts";
import { runErrorText, observationText, partialObservation } from "./code/observation.ts";
import { withOpenOutputs } from "./code/open-outputs.ts";
import { type CodeTags, defaultCodeTags, withClosingTag } from "./code/parse-code.ts";
import { typeErrors } from "./code/type-errors.ts";
import type { AgentEvent } from "./events.ts";
import { askModel } from "./loop/ask-model.ts";
import { EventQueue } from "./loop/event-queue.ts";
import { orAborted } from "./loop/or-aborted.ts";
import { conversation, type RunContext } from "./loop/run-context.ts";
import type { AgentOptions } from "./options/agent-options.ts";
import { checkShape } from "./options/option-shape.ts";
import { codeAgentShape } from "./options/option-shapes.ts";

/** Options of {@link CodeAgent}. */
export interface CodeAgentOptions extends AgentOptions {
  /** Where the code runs. Its language is the one that the model writes. */
  sandbox: SandboxProvider;
  /**
   * Performs the requests of the code, such as `hostFetch({ hosts: ["api.example.org"] })` of `smoltools`. Without it the
   * code has no network but what the tools give it.
   */
  fetch?: HostFetch | undefined;
  /** Limits of the sandbox that differ from the default ones. */
  limits?: Partial<SandboxLimits> | undefined;
  /** Checks code before it runs, such as `typeCheck()` of `@smoltools/adapters/type-check`. */
  typeCheck?: CodeChecker | undefined;
  /** Have the model answer with JSON, `{ thought, code }`. Better with capable models, worse with small ones. @default false */
  structured?: boolean | undefined;
  /** What stands before and after code in answers. @default `<code>` and `</code>` */
  codeTags?: CodeTags | undefined;
}

/**
 * An agent whose model acts by writing code: JavaScript or TypeScript, or Python in a sandbox for it.
 *
 * The tools are functions of the code; the code runs in a sandbox and reaches nothing else. After Wang et al.,
 * "Executable Code Actions Elicit Better LLM Agents" (arXiv 2402.01030).
 *
 * @example
 * await using agent = new CodeAgent({ model, sandbox: quickjs(), tools: [weather] });
 * const answer = await agent.run("Which of Oslo and Bergen is warmer today?");
 */
export class CodeAgent extends Agent {
  readonly #options: CodeAgentOptions;
  readonly #format: CodeFormat;
  readonly #toolbox: Toolbox;
  readonly #session: CodeSession;
  /** Those of the step in progress. */
  #calls: StepCalls | undefined;

  /**
   * @throws AgentError `AGENT_CONFIG` for names that clash or a bad option, ToolDeclarationError for a tool declared
   *   wrongly.
   */
  constructor(options: CodeAgentOptions) {
    checkShape("CodeAgent", options, codeAgentShape, ["model", "sandbox"]);
    const language = languages[options.sandbox.language];
    const form = options.structured ? "structured" : "tagged";
    super(options, { kind: "code", defaultPrompts: language.prompts(form) });
    this.#options = options;
    this.#toolbox = new Toolbox(this.tools, this.managedAgents, language.declare, options.toolSearch);
    const { callable } = this.#toolbox;
    const names = callable.map(({ name }) => name);
    this.#format = { form, language, tags: options.codeTags ?? defaultCodeTags, functions: names };
    this.#checkOptions();
    this.#session = new CodeSession({
      options,
      functions: toolFunctions(callable, () => this.#calls, this.media),
      declarations: () => [language.declare(withOpenOutputs(callable)), this.#finalAnswerDeclaration].join("\n\n"),
      media: this.media,
    });
  }

  fork(): CodeAgent {
    return new CodeAgent(this.#options);
  }

  #checkOptions(): void {
    const { structured, typeCheck } = this.#options;
    const { language, functions } = this.#format;
    for (const name of functions) {
      const problem = language.variableProblem(name);
      if (problem) {
        throw configError(`The tool "${name}" cannot be a function of ${language.title}: its name ${problem}`);
      }
    }
    if (structured && this.model.supports?.structuredOutput === false) {
      throw configError(`structured: the model ${this.model.id} has no structured output: leave the option out`);
    }
    if (typeCheck && typeCheck.language !== language.language) {
      throw configError(`typeCheck is for ${typeCheck.language}, but the sandbox runs ${language.language}`);
    }
  }

  protected get toolDeclarations(): string {
    const fetch = this.#options.fetch ? [this.#format.language.fetchDeclaration] : [];
    return [this.#toolbox.declarations, ...fetch, this.#finalAnswerDeclaration].join("\n\n");
  }

  get #finalAnswerDeclaration(): string {
    const { finalAnswer } = this.#toolbox;
    const { language } = this.#format;
    const description = "Gives the final answer and ends the task.";
    if (!finalAnswer) return language.declareFinalAnswer(this.answerSchema, description);
    return language.declareFinalAnswer(finalAnswer.inputSchema, `${description} ${finalAnswer.description}`);
  }

  protected override get codeTags(): CodeTags {
    return this.#format.tags;
  }

  protected readonly argsIntroduction = "These variables are defined in the code:";

  protected checkArgs(names: readonly string[]): void {
    checkVariableNames(names, this.#format.language, this.#format.functions);
  }

  protected async prepare(run: AgentRun, reset: boolean): Promise<{ fresh: boolean }> {
    if (reset) await orAborted(this.release(), run.workSignal);
    return this.#session.begin(run);
  }

  protected override release(): Promise<void> {
    return this.#session.dispose();
  }

  protected async *takeStep(
    step: ActionStep,
    context: RunContext,
    signal: AbortSignal,
  ): AsyncGenerator<AgentEvent, void, undefined> {
    const { run } = context;
    const code = yield* this.#askForCode(step, context, signal);
    yield run.tell({ type: "code", step: step.number, code });
    const findings = this.#session.findings(code);
    if (findings.length > 0) {
      yield run.tell({ type: "type-errors", step: step.number, findings });
      throw typeErrors(findings, code);
    }
    step.code = code;
    const queue = new EventQueue<AgentEvent>();
    const calls = new StepCalls(run, step, queue, this.media);
    this.#calls = calls;
    const printed: string[] = [];
    const onOutput = (text: string): void => {
      printed.push(text);
      queue.push(run.tell({ type: "output", step: step.number, text }));
    };
    try {
      const result = yield* queue.drain(this.#session.run(code, run, onOutput));
      yield* queue.drain(orAborted(this.#observe(step, result, calls, signal), signal));
    } catch (error) {
      // The run goes on to its closing answer, whose model has to know what was done.
      if (signal.aborted && !run.signal.aborted) step.observation = partialObservation(printed);
      throw error;
    } finally {
      this.#calls = undefined;
    }
  }

  async *#askForCode(
    step: ActionStep,
    context: RunContext,
    signal: AbortSignal,
  ): AsyncGenerator<AgentEvent, string, undefined> {
    const { form, tags } = this.#format;
    const request = {
      ...context.parameters,
      messages: conversation(context, { callsAsText: hasNativeCalls(context.memory) }),
      ...(form === "structured" ? { responseFormat: structuredAnswer } : { stop: [tags.close, "\nObservation:"] }),
    };
    const startedAt = performance.now();
    const question = { model: context.model, request, purpose: "step", number: step.number, signal, step } as const;
    const reply = yield* askModel(context.run, question);
    step.modelDurationMs = performance.now() - startedAt;
    step.modelOutput = reply.text;
    if (reply.reasoning !== "") step.reasoning = reply.reasoning;
    const code = codeOfReply(reply, this.#format);
    if (form === "tagged") step.modelOutput = withClosingTag(reply.text, tags);
    return code;
  }

  /** Writes down in the step what came of its code. */
  async #observe(step: ActionStep, result: RunResult, calls: StepCalls, signal: AbortSignal): Promise<void> {
    const observation = observationText(result);
    if (observation !== "") step.observation = observation;
    if (result.error) {
      const message = runErrorText(result.error, step.code ?? "");
      step.error = { code: result.error.code, message, endedRun: false };
    }
    if (this.model.supports?.images !== false) {
      const images = this.media.mediaIn(result.value).map(imagePart);
      step.images = images.filter((image) => image !== undefined);
    }
    if (!result.finalAnswer) return;
    step.error = undefined;
    const value = this.media.unshelve(result.finalAnswer.value);
    step.finalAnswer = await this.#finalAnswer(step, value, calls, signal);
  }

  /** The answer that the code gave, through the caller's own tool for it if there is one. */
  async #finalAnswer(
    step: ActionStep,
    value: unknown,
    calls: StepCalls,
    signal: AbortSignal,
  ): Promise<{ value: unknown } | undefined> {
    const tool = this.#toolbox.finalAnswer;
    if (!tool) return { value };
    try {
      const input = inputFromArguments([value], tool.inputSchema);
      return { value: await calls.performFinal(tool, input, signal) };
    } catch (error) {
      signal.throwIfAborted();
      if (!isSmoltoolsError(error)) throw error;
      step.error = { code: error.code, message: error.message, endedRun: false };
      return undefined;
    }
  }
}

/** Those of another agent, whose memory this one goes on from: providers refuse them where no tools are offered. */
function hasNativeCalls({ steps }: Memory): boolean {
  return steps.some((step) => step instanceof ActionStep && step.modelCalls.length > 0);
}
