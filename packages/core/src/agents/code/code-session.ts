import type { HostFunction, RunResult, Sandbox, SandboxOptions } from "../../sandbox/sandbox.ts";
import type { AgentRun } from "../agent-run.ts";
import type { MediaShelf } from "../calls/media-shelf.ts";
import type { CodeAgentOptions } from "../code-agent.ts";
import { madeOrAborted, orAborted } from "../loop/or-aborted.ts";
import { defineAdditionalArgs } from "./additional-args.ts";
import type { CodeCheck, CodeFinding } from "./code-checker.ts";

/** What a session is made of. */
export interface CodeSessionParts {
  readonly options: Pick<CodeAgentOptions, "sandbox" | "fetch" | "limits" | "typeCheck">;
  /** What the code can call. */
  readonly functions: Readonly<Record<string, HostFunction>>;
  /** What the code may rely on, for the type check. */
  readonly declarations: () => string;
  /** Where media among the variables are kept. */
  readonly media: MediaShelf;
}

/**
 * Where the code of an agent runs: the sandbox with its variables, and the type check that knows them too. Both are made
 * by the first run, and live on from step to step and from run to run until they are disposed of.
 */
export class CodeSession {
  readonly #parts: CodeSessionParts;
  #sandbox: Sandbox | undefined;
  #check: CodeCheck | undefined;
  /** What the check had against the last code. */
  #objection = "";

  constructor(parts: CodeSessionParts) {
    this.#parts = parts;
  }

  /**
   * Makes ready for a run, and defines what the caller gave.
   *
   * @returns Whether there are no variables of earlier runs.
   */
  async begin(run: AgentRun): Promise<{ fresh: boolean }> {
    const isNew = this.#sandbox === undefined;
    try {
      const isLost = await this.#begin(run, isNew);
      return { fresh: isNew || isLost };
    } catch (error) {
      // One that is half made would pass for that of the earlier runs.
      if (isNew) this.dispose().catch(() => undefined);
      throw error;
    }
  }

  /** Whether the variables of earlier runs turned out to be lost. */
  async #begin(run: AgentRun, isNew: boolean): Promise<boolean> {
    const sandbox = await this.#opened(run.workSignal);
    const variables = this.#shelved(isNew ? run.additionalArgs : run.newArgs);
    const isLost = await defineAdditionalArgs(sandbox, variables, run.workSignal);
    if (isLost) await this.#defineAgain(sandbox, run);
    if (this.#check) this.#check.define(variables);
    else this.#check = await this.#openCheck(run);
    return isLost;
  }

  /**
   * Errors that the code would surely have, for the model to mend. None when the last code had the same ones: a model that
   * insists may know more than the declarations, and the code is the judge then.
   */
  findings(code: string): readonly CodeFinding[] {
    const findings = this.#check?.findings(code) ?? [];
    const objection = findings.map((finding) => `${finding.code} ${finding.message}`).join("\n");
    const isKnown = objection === this.#objection;
    this.#objection = objection;
    return isKnown ? [] : findings;
  }

  /** Runs the code of a step. Variables that the caller gave outlive the loss of all others. */
  async run(code: string, run: AgentRun, onOutput: (text: string) => void): Promise<RunResult> {
    const sandbox = await this.#opened(run.workSignal);
    let result: RunResult;
    try {
      result = await this.#execute(sandbox, code, run.workSignal, onOutput);
    } finally {
      this.#check?.ran(code);
    }
    if (result.stateLost) await this.#defineAgain(sandbox, run);
    return result;
  }

  async dispose(): Promise<void> {
    const sandbox = this.#sandbox;
    this.#sandbox = undefined;
    this.#check?.[Symbol.dispose]();
    this.#check = undefined;
    this.#objection = "";
    await sandbox?.dispose();
  }

  async #execute(
    sandbox: Sandbox,
    code: string,
    signal: AbortSignal,
    onOutput: (text: string) => void,
  ): Promise<RunResult> {
    const result = await orAborted(sandbox.run(code, { signal, onOutput }), signal);
    if (result.error?.code !== "SANDBOX_TIMEOUT" || result.stateLost) return result;
    // The answer comes at the deadline; whether the code can be stopped turns out behind it. The model has to know.
    const { stateLost } = await orAborted(sandbox.run("", { signal }), signal);
    return { ...result, stateLost };
  }

  /** Defines what the caller gave once more: the model cannot make it anew. */
  async #defineAgain(sandbox: Sandbox, run: AgentRun): Promise<void> {
    const variables = this.#shelved(run.additionalArgs);
    this.#check?.forget();
    await defineAdditionalArgs(sandbox, variables, run.workSignal);
    this.#check?.define(variables);
  }

  async #opened(signal: AbortSignal): Promise<Sandbox> {
    if (this.#sandbox) return this.#sandbox;
    signal.throwIfAborted();
    const { options, functions } = this.#parts;
    const { fetch, limits } = options;
    const creating: SandboxOptions = { signal, functions, ...(fetch && { fetch }), ...(limits && { limits }) };
    const sandbox = await madeOrAborted(options.sandbox.create(creating), signal, (late) => late.dispose());
    this.#sandbox = sandbox;
    return sandbox;
  }

  async #openCheck({ additionalArgs, workSignal: signal }: AgentRun): Promise<CodeCheck | undefined> {
    const { options, declarations } = this.#parts;
    if (!options.typeCheck) return undefined;
    const scope = { declarations: declarations(), variables: this.#shelved(additionalArgs) };
    return madeOrAborted(options.typeCheck.open(scope, { signal }), signal, (late) => late[Symbol.dispose]());
  }

  #shelved(args: Readonly<Record<string, unknown>>): Record<string, unknown> {
    return this.#parts.media.shelve(args) as Record<string, unknown>;
  }
}
