import type { CallAnswer, CallRequest, EngineSetup, RunOutcome, Variable } from "../engine/engine.ts";
import type { MachineImage } from "./worker/machine.ts";

/** All that a worker needs to know to set up an engine. */
export interface WorkerSetup extends EngineSetup {
  /** One shared integer: the engine ends its run as soon as it is not 0, however busy it is. */
  stop: Int32Array<SharedArrayBuffer>;
  /** One shared integer: for how long the clock of the run has stood still, in milliseconds; -1 while it does. */
  stoodStillMs: BigInt64Array<SharedArrayBuffer>;
  /** Whether the engine is saved after each run. */
  snapshots: boolean;
}

/** An engine as it was at the end of a run. */
export interface SavedEngine {
  image: MachineImage;
  /** How many runs it has had. */
  steps: number;
}

/** What the sandbox tells its worker. */
export type ToWorker =
  | { type: "create"; setup: WorkerSetup; saved?: SavedEngine }
  | { type: "run"; code: string; variables: readonly Variable[]; timeoutMs: number }
  | { type: "settle"; answers: readonly CallAnswer[] }
  | { type: "untimed"; inProgress: boolean }
  | { type: "stop" }
  | { type: "dispose" };

/** What a worker tells its sandbox. */
export type FromWorker =
  /** `thread` is its number among those of the process, where the system tells. */
  | { type: "started"; image: MachineImage; thread?: number }
  | { type: "created" }
  | { type: "failed"; message: string }
  | { type: "calls"; calls: readonly CallRequest[] }
  | { type: "cancel"; id: number }
  | { type: "output"; texts: readonly string[] }
  | { type: "ended"; outcome: RunOutcome }
  | { type: "saved"; engine?: SavedEngine }
  | { type: "disposed" };

/** What a worker is started with. */
export interface WorkerData {
  /** QuickJS, compiled once for all workers of the process. */
  wasmModule: WebAssembly.Module;
  /** What engines begin as; the first worker of the process makes it. */
  image: MachineImage | undefined;
  /** How large the memory of an engine usually may be. */
  usualBytes: number;
}
