import type { RunError, SandboxLimits } from "@smoltools/core";

/** A global variable: its name and its JSON, which is absent for `undefined`. */
export type Variable = readonly [name: string, json: string | undefined];

/** All that a worker needs to know to set up an engine. Sent again whenever an engine was lost. */
export interface EngineSetup {
  functions: readonly string[];
  modules: Readonly<Record<string, string>>;
  variables: readonly Variable[];
  hasFetch: boolean;
  limits: SandboxLimits;
  /** One shared integer: the engine ends its run as soon as it is not 0, however busy it is. */
  stop: Int32Array<SharedArrayBuffer>;
  /** One shared integer: for how long the clock of the run has stood still, in milliseconds; -1 while it does. */
  stoodStillMs: BigInt64Array<SharedArrayBuffer>;
}

/** How a run ended, as the worker tells it. */
export interface RunOutcome {
  /** JSON of the value; absent when there is none. */
  value?: string;
  error?: RunError;
  /** The final answer; `json` is absent for `undefined`. */
  answer?: { json?: string };
  /** True when the engine cannot be used any further, and the worker neither. */
  lost: boolean;
}

/** What the sandbox tells its worker. */
export type ToWorker =
  | { type: "create"; setup: EngineSetup }
  | { type: "run"; code: string; variables: readonly Variable[]; timeoutMs: number }
  | { type: "settle"; answers: readonly CallAnswer[] }
  | { type: "untimed"; inProgress: boolean }
  | { type: "stop" }
  | { type: "dispose" };

/** A call of a host function. Arguments that are `undefined` stand as `null` in the JSON; their indexes are named. */
export interface CallRequest {
  id: number;
  name: string;
  args: string;
  /** Indexes with commas between them. */
  undefinedAt?: string;
}

/** The answer to a call: JSON of the result (absent for `undefined`), or of `{ name, message, limit? }`. */
export interface CallAnswer {
  id: number;
  ok: boolean;
  json?: string;
}

/** What a worker tells its sandbox. */
export type FromWorker =
  | { type: "started" }
  | { type: "created" }
  | { type: "failed"; message: string }
  | { type: "calls"; calls: readonly CallRequest[] }
  | { type: "cancel"; id: number }
  | { type: "output"; texts: readonly string[] }
  | { type: "ended"; outcome: RunOutcome }
  | { type: "disposed" };

/** What a worker is started with. */
export interface WorkerData {
  /** QuickJS, compiled once for all workers of the process. */
  wasmModule: WebAssembly.Module;
}
