import { isSmoltoolsError } from "../errors/smoltools-error.ts";
import { ActionStep } from "../memory/action-step.ts";
import type { Memory } from "../memory/memory.ts";
import { imagePart } from "../messages/image-part.ts";
import type { HostFetch, RunResult, Sandbox, SandboxProvider } from "../sandbox/sandbox.ts";
import type { SandboxLimits } from "../sandbox/limits.ts";
import { inputFromArguments } from "../tool/call-arguments.ts";
import { Agent } from "./agent.ts";
import { configError } from "./agent-error.ts";
import type { AgentOptions } from "./agent-options.ts";
import type { AgentRun } from "./agent-run.ts";
import { StepCalls } from "./calls/step-calls.ts";
import { Toolbox } from "./calls/toolbox.ts";
import { toolFunctions } from "./calls/tool-functions.ts";
import { type AdditionalArgs, checkVariableNames, defineAdditionalArgs } from "./code/additional-args.ts";
import type { CodeCheck, CodeChecker } from "./code/code-checker.ts";
import { type CodeFormat, codeOfReply, structuredAnswer } from "./code/code-of-reply.ts";
import { languages } from "./code/languages.ts";
import type { LanguageProfile } from "./code/language.ts";
import { withOpenOutputs } from "./code/open-outputs.ts";
import { failureText, observationText, partialObservation } from "./code/observation.ts";
import { type CodeTags, defaultCodeTags, withClosingTag } from "./code/parse-code.ts";
import { typeErrors } from "./code/type-errors.ts";
import type { AgentEvent } from "./events.ts";
import { askModel } from "./loop/ask-model.ts";
import { checkShape } from "./option-shape.ts";
import { codeAgentShape } from "./option-shapes.ts";
import { EventQueue } from "./loop/event-queue.ts";
import { orAborted } from "./loop/or-aborted.ts";
import { conversation, type Turn } from "./loop/turn.ts";

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
  readonly #language: LanguageProfile;
  readonly #format: CodeFormat;
  readonly #toolbox: Toolbox;
  #sandbox: Sandbox | undefined;
  #check: CodeCheck | undefined;
  #calls: StepCalls | undefined;
  /** What the check had against the code of the last step. */
  #objection = "";

  /**
   * @throws AgentError `AGENT_CONFIG` for names that clash or a bad option, ToolDeclarationError for a tool declared
   *   wrongly.
   */
  constructor(options: CodeAgentOptions) {
    checkShape("CodeAgent", options, codeAgentShape);
    const language = languages[options.sandbox.language];
    const form = options.structured ? "structured" : "tagged";
    super(options, { kind: "code", defaultPrompts: language.prompts(form) });
    this.#options = options;
    this.#language = language;
    this.#toolbox = new Toolbox(this.tools, this.managedAgents, language.declare, options.toolSearch);
    const functions = this.#toolbox.callable.map(({ name }) => name);
    this.#format = { form, language, tags: options.codeTags ?? defaultCodeTags, functions };
    for (const name of functions) {
      const problem = language.variableProblem(name);
      if (problem)
        throw configError(`The tool "${name}" cannot be a function of ${language.title}: its name ${problem}`);
    }
    if (options.structured && this.model.supports?.structuredOutput === false) {
      throw configError(`structured: the model ${this.model.id} has no structured output: leave the option out`);
    }
    if (options.typeCheck && options.typeCheck.language !== language.language) {
      throw configError(`typeCheck is for ${options.typeCheck.language}, but the sandbox runs ${language.language}`);
    }
  }

  fork(): CodeAgent {
    return new CodeAgent(this.#options);
  }

  protected get toolDeclarations(): string {
    const fetch = this.#options.fetch ? [this.#language.fetchDeclaration] : [];
    return [this.#toolbox.declarations, ...fetch, this.#finalAnswerDeclaration].join("\n\n");
  }

  get #finalAnswerDeclaration(): string {
    const { finalAnswer } = this.#toolbox;
    const description = "Gives the final answer and ends the task.";
    if (!finalAnswer) return this.#language.declareFinalAnswer(this.answerSchema, description);
    return this.#language.declareFinalAnswer(finalAnswer.inputSchema, `${description} ${finalAnswer.description}`);
  }

  protected override get codeTags(): CodeTags {
    return this.#format.tags;
  }

  protected checkArgs(names: readonly string[]): void {
    checkVariableNames(names, this.#language, this.#format.functions);
  }

  protected readonly argsIntroduction = "These variables are defined in the code:";

  protected async prepare(run: AgentRun, reset: boolean): Promise<{ fresh: boolean }> {
    const { workSignal: signal } = run;
    if (reset) await orAborted(this.release(), signal);
    const isNew = this.#sandbox === undefined;
    const sandbox = (this.#sandbox ??= await this.#openSandbox(signal));
    const variables = this.#shelved(isNew ? run.additionalArgs : run.newArgs);
    const isLost = await defineAdditionalArgs(sandbox, variables, signal);
    if (isLost) await this.#defineAgain(sandbox, run, signal);
    if (this.#check) this.#check.define(variables);
    else this.#check = await this.#openCheck(run, signal);
    return { fresh: isNew || isLost };
  }

  protected override async release(): Promise<void> {
    const sandbox = this.#sandbox;
    this.#sandbox = undefined;
    this.#check?.[Symbol.dispose]();
    this.#check = undefined;
    this.#objection = "";
    await sandbox?.dispose();
  }

  protected async *takeStep(
    step: ActionStep,
    turn: Turn,
    signal: AbortSignal,
  ): AsyncGenerator<AgentEvent, void, undefined> {
    const { run } = turn;
    const code = yield* this.#askForCode(step, turn, signal);
    yield run.tell({ type: "code", step: step.number, code });
    const findings = this.#check?.findings(code) ?? [];
    const objection = findings.map((finding) => `${finding.code} ${finding.message}`).join("\n");
    // A model that insists may know more than the declarations: the code is the judge then.
    if (objection !== this.#objection) {
      this.#objection = objection;
      if (findings.length > 0) {
        yield run.tell({ type: "type-errors", step: step.number, findings });
        throw typeErrors(findings, code);
      }
    }
    step.code = code;
    const sandbox = (this.#sandbox ??= await this.#openSandbox(signal));
    const queue = new EventQueue<AgentEvent>();
    const calls = new StepCalls(run, step, queue);
    this.#calls = calls;
    const printed: string[] = [];
    const onOutput = (text: string): void => {
      printed.push(text);
      queue.push(run.tell({ type: "output", step: step.number, text }));
    };
    try {
      const result = yield* queue.drain(orAborted(this.#execute(sandbox, code, onOutput, signal), signal));
      if (result.stateLost) await this.#defineAgain(sandbox, run, signal);
      yield* queue.drain(orAborted(this.#observe(step, result, code, calls, signal), signal));
    } catch (error) {
      // The run goes on to its closing answer, whose model has to know what was done.
      if (signal.aborted && !run.signal.aborted) step.observation = partialObservation(printed);
      throw error;
    } finally {
      this.#check?.ran(code);
      this.#calls = undefined;
    }
  }

  /** Runs a step's code, and finds out whether the variables outlived it. */
  async #execute(
    sandbox: Sandbox,
    code: string,
    onOutput: (text: string) => void,
    signal: AbortSignal,
  ): Promise<RunResult> {
    const result = await sandbox.run(code, { signal, onOutput });
    if (result.error?.code !== "SANDBOX_TIMEOUT" || result.stateLost) return result;
    // The answer comes at the deadline; whether the code can be stopped turns out behind it. The model has to know.
    const { stateLost } = await sandbox.run("", { signal });
    return { ...result, stateLost };
  }

  async *#askForCode(step: ActionStep, turn: Turn, signal: AbortSignal): AsyncGenerator<AgentEvent, string, undefined> {
    const { form, tags } = this.#format;
    const request = {
      ...turn.parameters,
      messages: conversation(turn, { callsAsText: hasNativeCalls(turn.memory) }),
      ...(form === "structured" ? { responseFormat: structuredAnswer } : { stop: [tags.close, "\nObservation:"] }),
    };
    const startedAt = performance.now();
    const question = { model: turn.model, request, purpose: "step", number: step.number, signal, step } as const;
    const reply = yield* askModel(turn.run, question);
    step.modelDurationMs = performance.now() - startedAt;
    step.modelOutput = reply.text;
    if (reply.reasoning !== "") step.reasoning = reply.reasoning;
    const code = codeOfReply(reply, this.#format);
    if (form === "tagged") step.modelOutput = withClosingTag(reply.text, tags);
    return code;
  }

  /** Writes down in the step what came of the code. */
  async #observe(
    step: ActionStep,
    result: RunResult,
    code: string,
    calls: StepCalls,
    signal: AbortSignal,
  ): Promise<void> {
    const observation = observationText(result);
    if (observation !== "") step.observation = observation;
    if (result.error) {
      const message = failureText(result, code) ?? result.error.message;
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

  #shelved(args: AdditionalArgs): Record<string, unknown> {
    return this.media.shelve(args) as Record<string, unknown>;
  }

  /** Defines what the caller gave once more: the model cannot make it anew. */
  async #defineAgain(sandbox: Sandbox, run: AgentRun, signal: AbortSignal): Promise<void> {
    const variables = this.#shelved(run.additionalArgs);
    this.#check?.forget();
    await defineAdditionalArgs(sandbox, variables, signal);
    this.#check?.define(variables);
  }

  async #openCheck(run: AgentRun, signal: AbortSignal): Promise<CodeCheck | undefined> {
    const { typeCheck } = this.#options;
    if (!typeCheck) return undefined;
    const tools = this.#language.declare(withOpenOutputs(this.#toolbox.callable));
    const declarations = `${tools}\n\n${this.#finalAnswerDeclaration}`;
    const opening = typeCheck.open({ declarations, variables: this.#shelved(run.additionalArgs) }, { signal });
    try {
      return await orAborted(opening, signal);
    } catch (error) {
      opening.then((late) => late[Symbol.dispose]()).catch(() => undefined);
      throw error;
    }
  }

  async #openSandbox(signal: AbortSignal): Promise<Sandbox> {
    signal.throwIfAborted();
    const creation = this.#options.sandbox.create({
      signal,
      functions: toolFunctions(this.#toolbox.callable, () => this.#calls, this.media),
      ...(this.#options.fetch && { fetch: this.#options.fetch }),
      ...(this.#options.limits && { limits: this.#options.limits }),
    });
    try {
      const sandbox = await orAborted(creation, signal);
      signal.throwIfAborted();
      return sandbox;
    } catch (error) {
      // A sandbox that comes after the abort is nobody's any more.
      creation.then((late) => late.dispose()).catch(() => undefined);
      throw error;
    }
  }
}

/** Those of another agent, whose memory this one goes on from: providers refuse them where no tools are offered. */
function hasNativeCalls({ steps }: Memory): boolean {
  return steps.some((step) => step instanceof ActionStep && step.modelCalls.length > 0);
}
