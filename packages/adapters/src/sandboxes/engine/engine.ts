import type { CodeLanguage, RunError, SandboxLimits } from "@smoltools/core";

/** A global variable: its name and its JSON, which is absent for `undefined`. */
export type Variable = readonly [name: string, json: string | undefined];

/** All that an engine needs to know to be set up. Used again whenever an engine was lost. */
export interface EngineSetup {
  functions: readonly string[];
  /** Names of the parameters of host functions that have told them, in order. */
  parameters: Readonly<Record<string, readonly string[]>>;
  modules: Readonly<Record<string, string>>;
  variables: readonly Variable[];
  hasFetch: boolean;
  limits: SandboxLimits;
}

/** A call of a host function. Arguments that are `undefined` stand as `null` in the JSON; their indexes are named. */
export interface CallRequest {
  id: number;
  name: string;
  /** JSON of the list of arguments. */
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

/** Name under which `fetch` is called on the host: no identifier, so no tool can have it. */
export const fetchCall = "host:fetch";

/** How a run ended, as the engine tells it. */
export interface RunOutcome {
  /** JSON of the value; absent when there is none. */
  value?: string;
  error?: RunError;
  /** The final answer; `json` is absent for `undefined`. */
  answer?: { json?: string };
  /** True when the engine cannot be used any further. */
  lost: boolean;
}

/** What happens while a run is in progress. */
export interface RunEvents {
  onCalls(calls: readonly CallRequest[]): void;
  onCancel(id: number): void;
  onOutput(texts: readonly string[]): void;
}

/** What an engine is to run. */
export interface EngineRun {
  code: string;
  variables: readonly Variable[];
  timeoutMs: number;
}

/** Something that runs steps, one after another, and keeps their globals: a thread, a process, a container. */
export interface Engine {
  /**
   * Runs a step. Whatever happens inside, there is an outcome: it never rejects.
   *
   * A run that has to end has its outcome soon, even where what runs it has not come back yet: `ready` waits for that.
   */
  run(run: EngineRun, events: RunEvents): Promise<RunOutcome>;
  /** Whether it can take a run: false when it was lost since the last one. Absent where that cannot be. */
  ready?(): Promise<boolean>;
  /** Answers calls of the run in progress. */
  settle(answers: readonly CallAnswer[]): void;
  /** Untimed work of the open calls has begun, or all of it is over. */
  setUntimed(inProgress: boolean): void;
  /**
   * Ends the run in progress soon, if there is one.
   *
   * @param forGood - The engine is not needed any more.
   */
  stop(forGood?: boolean): void;
  /** Gives up the engine in good order. Never rejects. */
  dispose(): Promise<void>;
  /** Gives up an engine that is lost. Never rejects. */
  abandon(): Promise<void>;
}

/** Opens engines of one kind, and says what they demand of the options. */
export interface EngineKind {
  /** Name of the sandbox, such as `"quickjs"`. */
  readonly name: string;
  readonly language: CodeLanguage;
  /** The least and the most that `memoryBytes` may be, and whose demand that is, for the message. */
  readonly memory: { least: number; most: number; reason: string };
  /**
   * Makes an engine.
   *
   * @throws SandboxError `SANDBOX_UNAVAILABLE` when it cannot be had; `SANDBOX_BAD_OPTIONS` when the setup does not fit.
   */
  open(setup: EngineSetup): Promise<Engine>;
  /** Told when an engine was opened or lost: time to make the next one ahead of need. */
  onChange?(): void;
}
