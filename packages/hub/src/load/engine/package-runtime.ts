import { type RunError, SandboxError, ToolExecutionError, type ToolExecutionErrorCode } from "@smoltools/core";
import { Semaphore } from "../../shared/semaphore.ts";
import type { EngineOutcome, OpenEngine, ToolEngine } from "./tool-engine.ts";

/** How a loaded package runs. */
export interface PackageRuntimeOptions {
  /** Name of the sandbox, for errors. */
  sandbox: string;
  /** Makes an engine when there is a call and none is free. */
  open: OpenEngine;
  /** An engine that is there already. */
  opened?: ToolEngine | undefined;
  /** Most calls that run at the same time, each in an engine of its own. */
  maxConcurrency: number;
  /** What ends with the package. */
  owned?: AsyncDisposable | undefined;
}

/**
 * Runs the tools of one package, in engines that have exactly what the package was granted.
 *
 * An engine does one call at a time; calls that come together get engines of their own, up to a limit, and then
 * wait. What a tool keeps in its module is therefore not shared by all its calls.
 */
export class PackageRuntime implements AsyncDisposable {
  readonly #options: PackageRuntimeOptions;
  readonly #idle: ToolEngine[] = [];
  readonly #all = new Set<ToolEngine>();
  readonly #slots: Semaphore;
  #disposed = false;

  constructor(options: PackageRuntimeOptions) {
    this.#options = options;
    this.#slots = new Semaphore(options.maxConcurrency);
    if (options.opened) {
      this.#all.add(options.opened);
      this.#idle.push(options.opened);
    }
  }

  /**
   * Calls a tool.
   *
   * @throws ToolExecutionError that says by its code why there is no result.
   * @throws SandboxError `SANDBOX_DISPOSED` after {@link dispose}.
   */
  call(tool: string, input: unknown, signal?: AbortSignal): Promise<unknown> {
    return this.#slots.run(async () => {
      this.#checkDisposed();
      const engine = this.#idle.pop() ?? (await this.#open(signal));
      let reusable = false;
      try {
        const outcome = await engine.call(tool, input, signal);
        // What ran into a limit may have left its module in any state.
        reusable = outcome.error === undefined || outcome.error.code === "SANDBOX_EXCEPTION";
        return resultOf(tool, outcome);
      } finally {
        if (reusable && !this.#disposed) this.#idle.push(engine);
        else await this.#drop(engine);
      }
    }, signal);
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    // Ended last, and also where an engine fails to end.
    await using _owned = this.#options.owned;
    await Promise.all([...this.#all].map((engine) => this.#drop(engine)));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  async #open(signal: AbortSignal | undefined): Promise<ToolEngine> {
    const engine = await this.#options.open(signal);
    this.#all.add(engine);
    // It may have been disposed of in the meantime: then nobody else ends this one.
    if (this.#disposed) await this.#drop(engine);
    this.#checkDisposed();
    return engine;
  }

  #checkDisposed(): void {
    if (!this.#disposed) return;
    throw new SandboxError("The package was disposed: load it again", {
      code: "SANDBOX_DISPOSED",
      data: { sandbox: this.#options.sandbox },
    });
  }

  async #drop(engine: ToolEngine): Promise<void> {
    this.#all.delete(engine);
    await engine[Symbol.asyncDispose]();
  }
}

function resultOf(tool: string, outcome: EngineOutcome): unknown {
  if (!outcome.error) return outcome.value === undefined ? null : outcome.value;
  const { error } = outcome;
  const denial = error.code === "SANDBOX_EXCEPTION" ? outcome.denial : undefined;
  throw new ToolExecutionError(`${tool} failed: ${denial?.message ?? error.message}`, {
    code: denial ? "TOOL_PERMISSION_DENIED" : (codes[error.code] ?? "TOOL_FAILED"),
    data: { tool },
    cause: denial ?? outcome.cause ?? error,
  });
}

const codes: Partial<Record<RunError["code"], ToolExecutionErrorCode>> = {
  SANDBOX_TIMEOUT: "TOOL_TIMEOUT",
  SANDBOX_MEMORY: "TOOL_OUT_OF_MEMORY",
  SANDBOX_STACK: "TOOL_OUT_OF_MEMORY",
  SANDBOX_LIMIT: "TOOL_LIMIT",
  SANDBOX_CRASH: "TOOL_CRASHED",
};
