import {
  defaultSandboxLimits,
  type HostFunction,
  type RunResult,
  type Sandbox,
  SandboxError,
  type SandboxErrorCode,
  type SandboxOptions,
  type SandboxProvider,
  type SandboxRunOptions,
} from "@smoltools/core";
import { encode, PythonProcess } from "./python-process.ts";
import { PythonRun } from "./python-run.ts";

/** How to get Python. Tracebacks know columns since 3.11. */
export const pythonHint =
  "Install Python 3.11 or later so that `python3` is on the PATH: see https://www.python.org/downloads/";

/**
 * Runs Python in a child process **without any isolation**: for tests only, the real Python sandbox comes with its own
 * package.
 *
 * Tools are plain functions that wait for their result. They take their arguments by position or by name; those by name
 * reach the host as one object. `final_answer(value)` ends the run. Of the limits, `timeoutMs` and `maxOutputBytes`
 * hold; modules and `fetch` are refused. A run that is aborted or late costs the process, and with it the variables.
 */
export const pythonSandbox: SandboxProvider = {
  name: "python-for-tests",
  language: "python",
  create: async (options = {}) => {
    const sandbox = new PythonSandbox(options);
    try {
      await sandbox.run("");
    } catch (error) {
      options.signal?.throwIfAborted();
      throw error;
    }
    return sandbox;
  },
};

class PythonSandbox implements Sandbox {
  readonly name = pythonSandbox.name;
  readonly language = pythonSandbox.language;
  readonly #functions: ReadonlyMap<string, HostFunction>;
  readonly #limits: { timeoutMs: number; maxOutputBytes: number };
  readonly #setup: string;
  readonly #disposal = new AbortController();
  readonly #unsubscribe: () => void;
  /** Settled when the last run that was asked for is over. */
  #tail: Promise<unknown> = Promise.resolve();
  #process: PythonProcess | undefined;
  /** A process was lost in a run that could not report it. */
  #lossToReport = false;

  constructor({ functions = {}, variables = {}, limits, modules, fetch, signal }: SandboxOptions) {
    signal?.throwIfAborted();
    if (modules || fetch) throw badOption("this sandbox takes neither modules nor fetch: leave them out");
    for (const name of [...Object.keys(functions), ...Object.keys(variables)]) {
      if (!/^[A-Za-z_]\w*$/.test(name) || name === "final_answer") throw badOption(`"${name}" cannot be a name here`);
    }
    this.#functions = new Map(Object.entries(functions));
    this.#limits = { ...defaultSandboxLimits, ...limits };
    if (!(this.#limits.timeoutMs > 0)) throw badOption("timeoutMs must be above 0");
    this.#setup = encodeOption({ functions: Object.keys(functions), variables });
    const onAbort = (): void => void this.dispose();
    signal?.addEventListener("abort", onAbort, { once: true });
    this.#unsubscribe = () => signal?.removeEventListener("abort", onAbort);
  }

  run(code: string, options: SandboxRunOptions = {}): Promise<RunResult> {
    const { signal: disposed } = this.#disposal;
    const signal = options.signal ? AbortSignal.any([disposed, options.signal]) : disposed;
    const work = this.#tail.then(() => this.#perform(code, options, signal));
    this.#tail = Promise.allSettled([work]);
    return work;
  }

  async dispose(): Promise<void> {
    this.#unsubscribe();
    this.#disposal.abort(sandboxError("SANDBOX_DISPOSED", "the sandbox was disposed: create another one"));
    await this.#tail;
    await this.#process?.kill();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  async #perform(code: string, options: SandboxRunOptions, signal: AbortSignal): Promise<RunResult> {
    signal.throwIfAborted();
    const { variables = {}, onOutput } = options;
    const step = encodeOption({ code, variables });
    const process = await this.#open();
    const timeoutMs = Math.min(options.timeoutMs ?? this.#limits.timeoutMs, this.#limits.timeoutMs);
    const run = new PythonRun(process, { functions: this.#functions, ...this.#limits, timeoutMs, onOutput });
    let keep = false;
    try {
      const result = await run.result(step, signal);
      keep = !result.stateLost;
      const stateLost = result.stateLost || this.#lossToReport;
      this.#lossToReport = false;
      return { ...result, stateLost };
    } catch (error) {
      this.#lossToReport = true;
      throw error;
    } finally {
      if (!keep) {
        this.#process = undefined;
        await process.kill();
      }
    }
  }

  /** The process of the runs before, or a new one. */
  async #open(): Promise<PythonProcess> {
    if (this.#process?.alive) return this.#process;
    if (this.#process) this.#lossToReport = true;
    const process = new PythonProcess();
    this.#process = process;
    process.send(this.#setup);
    await new Promise<void>((resolve, reject) => {
      process.listener = {
        onMessage: () => resolve(),
        onExit: (why) => reject(sandboxError("SANDBOX_UNAVAILABLE", `python3 did not start: ${why}. ${pythonHint}`)),
      };
    });
    return process;
  }
}

function encodeOption(message: Parameters<typeof encode>[0]): string {
  try {
    return encode(message);
  } catch (error) {
    throw badOption(`the variables are no JSON: ${String(error)}`);
  }
}

function badOption(message: string): SandboxError {
  return sandboxError("SANDBOX_BAD_OPTIONS", message);
}

function sandboxError(code: SandboxErrorCode, message: string): SandboxError {
  return new SandboxError(message, { code, data: { sandbox: "python-for-tests" } });
}
