import type {
  CodeLanguage,
  HostFunction,
  RunResult,
  Sandbox,
  SandboxOptions,
  SandboxRunOptions,
} from "@smoltools/core";
import {
  type Engine,
  type EngineKind,
  type EngineSetup,
  fetchCall,
  type RunEvents,
  type RunOutcome,
} from "./engine.ts";
import { encodeVariables, engineSetup } from "./engine-setup.ts";
import { HostCalls } from "./host-calls.ts";
import { hostRequest } from "./host-request.ts";
import { parseJson } from "./parse-json.ts";
import { rejectOnAbort } from "./reject-on-abort.ts";
import { badOption, disposedError } from "./sandbox-errors.ts";

/** A sandbox of any kind: it has one engine at a time, which is replaced when it fails. */
export class EngineSandbox implements Sandbox {
  readonly name: string;
  readonly language: CodeLanguage;
  readonly #kind: EngineKind;
  readonly #setup: EngineSetup;
  readonly #functions: ReadonlyMap<string, HostFunction>;
  #engine: Engine | undefined;
  /** Settled when the last run that was asked for is over. */
  #tail: Promise<void> = Promise.resolve();
  readonly #runs = new Set<AbortController>();
  #isDisposed = false;
  #disposal: Promise<void> | undefined;
  /** An engine was lost in a run that could not report it. */
  #lossToReport = false;
  /** Engines that were lost, until they are gone. */
  readonly #abandoned = new Set<Promise<void>>();

  private constructor(kind: EngineKind, options: SandboxOptions) {
    this.name = kind.name;
    this.language = kind.language;
    this.#kind = kind;
    this.#setup = engineSetup(kind, options);
    this.#functions = hostFunctions(options);
  }

  /** @throws SandboxError, or the signal's reason when it is aborted meanwhile. */
  static async create(kind: EngineKind, options: SandboxOptions): Promise<EngineSandbox> {
    options.signal?.throwIfAborted();
    const sandbox = new EngineSandbox(kind, options);
    const opening = sandbox.#openEngine();
    sandbox.#tail = ignoreOutcome(opening);
    try {
      await rejectOnAbort(opening, options.signal);
    } catch (error) {
      void sandbox.dispose();
      throw error;
    }
    kind.onChange?.();
    return sandbox;
  }

  async run(code: string, options: SandboxRunOptions = {}): Promise<RunResult> {
    if (this.#isDisposed) throw disposedError(this.name);
    options.signal?.throwIfAborted();
    const abandon = new AbortController();
    const onAbort = (): void => abandon.abort(options.signal?.reason);
    options.signal?.addEventListener("abort", onAbort, { once: true });
    this.#runs.add(abandon);
    try {
      const work = this.#tail.then(() => this.#perform(code, options, abandon.signal));
      this.#tail = ignoreOutcome(work);
      return await rejectOnAbort(work, abandon.signal);
    } finally {
      this.#runs.delete(abandon);
      options.signal?.removeEventListener("abort", onAbort);
    }
  }

  dispose(): Promise<void> {
    this.#disposal ??= this.#dispose();
    return this.#disposal;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  async #perform(code: string, options: SandboxRunOptions, signal: AbortSignal): Promise<RunResult> {
    signal.throwIfAborted();
    const startedAt = performance.now();
    const { functions, limits } = this.#setup;
    const variables = encodeVariables(this.#kind, options.variables ?? {}, functions, limits);
    const timeoutMs = Math.min(this.#checkTimeout(options.timeoutMs) ?? limits.timeoutMs, limits.timeoutMs);
    const engine = await this.#readyEngine();
    signal.throwIfAborted();
    const calls = new HostCalls(this.#functions, limits, engine);
    const onAbort = (): void => {
      calls.end(signal.reason);
      engine.stop(this.#isDisposed);
    };
    signal.addEventListener("abort", onAbort, { once: true });
    const printed: string[] = [];
    const outcome = await engine.run({ code, variables, timeoutMs }, runEvents(calls, printed, options.onOutput));
    signal.removeEventListener("abort", onAbort);
    calls.end();
    if (outcome.lost) this.#abandon(engine);
    const stateLost = outcome.lost || this.#lossToReport;
    this.#lossToReport = stateLost && signal.aborted;
    return { ...resultOf(outcome), output: printed.join("\n"), stateLost, durationMs: performance.now() - startedAt };
  }

  /** The engine, or a new one where what an earlier run left behind has cost it. */
  async #readyEngine(): Promise<Engine> {
    const engine = await this.#openEngine();
    if (!engine.ready || (await engine.ready())) return engine;
    this.#lossToReport = true;
    this.#abandon(engine);
    return await this.#openEngine();
  }

  /** Gives up an engine. Nobody waits for its end but the disposal. */
  #abandon(engine: Engine): void {
    this.#engine = undefined;
    const gone = engine.abandon().finally(() => this.#abandoned.delete(gone));
    this.#abandoned.add(gone);
    this.#kind.onChange?.();
  }

  async #openEngine(): Promise<Engine> {
    this.#engine ??= await this.#kind.open(this.#setup);
    return this.#engine;
  }

  #checkTimeout(timeoutMs: number | undefined): number | undefined {
    if (timeoutMs === undefined || timeoutMs > 0) return timeoutMs;
    throw badOption(this.name, `timeoutMs is ${timeoutMs}: it must be above 0`);
  }

  async #dispose(): Promise<void> {
    this.#isDisposed = true;
    for (const run of this.#runs) run.abort(disposedError(this.name));
    await this.#tail;
    await this.#engine?.dispose();
    this.#engine = undefined;
    await Promise.all(this.#abandoned);
  }
}

function hostFunctions({ functions = {}, fetch }: SandboxOptions): Map<string, HostFunction> {
  const all = new Map(Object.entries(functions));
  if (fetch) all.set(fetchCall, ([request], call) => fetch(hostRequest(request), call));
  return all;
}

function runEvents(calls: HostCalls, printed: string[], onOutput: SandboxRunOptions["onOutput"]): RunEvents {
  return {
    onCalls: (requests) => {
      for (const request of requests) void calls.perform(request);
    },
    onCancel: (id) => calls.cancel(id, new DOMException("the code gave up this call", "AbortError")),
    onOutput: (texts) => {
      for (const text of texts) printed.push(text);
      try {
        for (const text of texts) onOutput?.(text);
      } catch {
        // A listener that fails is no reason to end the run: the output is in the result all the same.
      }
    },
  };
}

function resultOf({ value, error, answer }: RunOutcome): Pick<RunResult, "value" | "error" | "finalAnswer"> {
  try {
    return {
      ...(value !== undefined && { value: parseJson(value) }),
      ...(error && { error }),
      ...(answer && { finalAnswer: { value: answer.json && parseJson(answer.json) } }),
    };
  } catch {
    // Only code that replaces what the engine is made of gets here.
    return {
      error: { code: "SANDBOX_CRASH", name: "EngineError", message: "the engine gave a result that is no JSON" },
    };
  }
}

async function ignoreOutcome(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch {
    // Whoever asked for the work hears of it.
  }
}
