import type { SandboxLimits } from "./limits.ts";

/** The languages that code steps can be written in. TypeScript counts as JavaScript. */
export type CodeLanguage = "javascript" | "python";

/** What a host function is told besides its arguments. */
export interface HostCall {
  /** Aborted when the run is over before the call is: time-out, disposal, or abort by the caller. */
  signal: AbortSignal;
  /**
   * Waits for work whose time is not the code's: a person's approval, another agent's run. While the code can do
   * nothing but wait and such work is in progress, the run's clock stands still; time in which the code computes counts
   * as ever.
   *
   * Counts while the call is open: work that a call leaves behind does not hold the clock.
   *
   * @returns What `work` gives.
   */
  untimed: <Result>(work: Promise<Result>) => Promise<Result>;
}

/**
 * A function of the host that code in the sandbox can call by name and `await`.
 *
 * Arguments and result are JSON values. What it throws arrives in the code as an `Error` with the same message;
 * nothing else of the error crosses.
 */
export interface HostFunction {
  (args: unknown[], call: HostCall): unknown;
  /**
   * Names of its parameters, in order. Python code may then pass arguments by position and by name together; without
   * them, arguments by name reach the function as one object.
   */
  readonly parameters?: readonly string[];
}

/** Options of {@link SandboxProvider.create}. */
export interface SandboxOptions {
  /** Host functions, by the global name under which the code calls them. */
  functions?: Readonly<Record<string, HostFunction>>;
  /** ES modules that JavaScript can `await import()`, by specifier. Their sources run inside, like the code. */
  modules?: Readonly<Record<string, string>>;
  /** Global variables, as JSON values. */
  variables?: Readonly<Record<string, unknown>>;
  /** Answers `fetch` inside. Without it the sandbox has no network at all. */
  fetch?: HostFetch;
  /** Limits that differ from `defaultSandboxLimits`. */
  limits?: Partial<SandboxLimits>;
  /** Ends the creation. A sandbox that is there is ended by `dispose`. */
  signal?: AbortSignal;
}

/** A request that code inside the sandbox made. Bodies are base64 of their bytes. */
export interface HostFetchRequest {
  url: string;
  method: string;
  headers: [name: string, value: string][];
  body?: string;
  /** A redirect makes the request fail, or is the answer. Absent: it is followed. */
  redirect?: "error" | "manual";
}

/** The answer to a {@link HostFetchRequest}. */
export interface HostFetchResponse {
  url: string;
  status: number;
  statusText: string;
  headers: [name: string, value: string][];
  body: string;
}

/** Performs a request for the sandbox, or refuses it by throwing. It decides which hosts may be reached. */
export type HostFetch = (request: HostFetchRequest, call: { signal: AbortSignal }) => Promise<HostFetchResponse>;

/** Options of one run. */
export interface SandboxRunOptions {
  /** Global variables to set before the code runs, as JSON values. */
  variables?: Readonly<Record<string, unknown>>;
  /** Ends the run. */
  signal?: AbortSignal;
  /** Shorter time limit for this run. */
  timeoutMs?: number;
  /** Called with the text of each call of `console`, without a line break at its end, as soon as it is known. */
  onOutput?: (text: string) => void;
}

/**
 * Why code did not run to its end.
 *
 * | code | meaning |
 * | --- | --- |
 * | `SANDBOX_SYNTAX` | the source does not parse |
 * | `SANDBOX_EXCEPTION` | the code threw |
 * | `SANDBOX_TIMEOUT` | the run took longer than `timeoutMs`, or waits for what can never happen |
 * | `SANDBOX_MEMORY` | the code's values took more than `memoryBytes` |
 * | `SANDBOX_STACK` | the code recursed too deeply |
 * | `SANDBOX_LIMIT` | another limit was reached: `data.limit` names it |
 * | `SANDBOX_CRASH` | the engine failed; the sandbox is lost |
 */
export type RunErrorCode =
  | "SANDBOX_SYNTAX"
  | "SANDBOX_EXCEPTION"
  | "SANDBOX_TIMEOUT"
  | "SANDBOX_MEMORY"
  | "SANDBOX_STACK"
  | "SANDBOX_LIMIT"
  | "SANDBOX_CRASH";

/** A failure of the code, as data: the model is shown it. */
export interface RunError {
  code: RunErrorCode;
  /** Class of the thrown error inside, such as `"TypeError"`; the `typeof` of a thrown value that is no error. */
  name: string;
  message: string;
  /** Line and column in the code that was given to `run`, from 1. */
  line?: number;
  column?: number;
  /** The limit that was reached, for `SANDBOX_LIMIT`. */
  limit?: keyof SandboxLimits;
}

/** What one run gave. */
export interface RunResult {
  /**
   * The value of the last expression or of a top-level `return`; absent when there is none. JSON where the value has
   * such a form, else the text that `console.log` would print.
   */
  value?: unknown;
  /** What `console` printed, in order: the texts of its calls joined by line breaks; cut at `maxOutputBytes`. */
  output: string;
  /** Present when the code did not run to its end. */
  error?: RunError;
  /**
   * Present when the code called `finalAnswer(value)`, in Python `final_answer(value)`: the first call counts, whatever
   * the code did afterwards.
   */
  finalAnswer?: { value: unknown };
  /** True when the variables of earlier runs are gone, because the engine had to be thrown away. */
  stateLost: boolean;
  /** How long it took in real time, waiting included. */
  durationMs: number;
}

/**
 * A place where code runs without reaching the host.
 *
 * Top-level variables live on from run to run. `run` rejects only when the sandbox itself cannot work
 * (disposed, aborted); what the code does wrong is in the result. Runs of one sandbox are one after another.
 * `testSandbox` of `@smoltools/core/testing` is the contract as a test suite.
 */
export interface Sandbox extends AsyncDisposable {
  /** Name of the implementation, such as `"quickjs"`. */
  readonly name: string;
  readonly language: CodeLanguage;
  run(code: string, options?: SandboxRunOptions): Promise<RunResult>;
  /** Ends everything that runs inside. Disposing twice does nothing. */
  dispose(): Promise<void>;
}

/** Makes sandboxes of one kind. */
export interface SandboxProvider {
  readonly name: string;
  readonly language: CodeLanguage;
  create(options?: SandboxOptions): Promise<Sandbox>;
}
