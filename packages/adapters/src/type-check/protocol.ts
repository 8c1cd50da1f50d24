import type { MessagePort } from "node:worker_threads";
import type { CodeFinding } from "@smoltools/core";

/** What the checks of one conversation start from. */
export interface ConversationSetup {
  /** The tools as TypeScript declarations. */
  declarations: string;
  /** Variables that the code has from the start, with their types as TypeScript text. */
  variables: readonly (readonly [name: string, type: string])[];
  /** True when there may be variables that nobody knows of, so that no name can be called unknown. */
  namesUnknown: boolean;
}

/** What the thread is asked to do. One message after another, in order. */
export type ToWorker =
  | { type: "open"; conversation: number; setup: ConversationSetup }
  | { type: "findings"; conversation: number; question: number; code: string }
  /** Without the code when it is too long to be looked at. */
  | { type: "ran"; conversation: number; code?: string }
  | { type: "forget"; conversation: number }
  | { type: "close"; conversation: number };

/** What the thread says on its own, to whoever waits for it. */
export type FromWorker =
  /** TypeScript cannot be loaded: the error of the import. */
  { type: "unavailable"; message: string; code: string | undefined } | { type: "opened"; conversation: number };

/** The answer to `findings`; without them when the checker failed. */
export interface Answer {
  question: number;
  findings?: CodeFinding[];
}

/** The 32-bit numbers that both threads see. */
export const shared = {
  /** Counts the answers: who waits for one sleeps until it changes. */
  answers: 0,
  /** Process id of the TypeScript process, 0 before there is one. */
  pid: 1,
  /** 1 once the thread gives no answers any more. */
  ended: 2,
  length: 3,
} as const;

/** What the worker thread is started with. */
export interface WorkerData {
  shared: Int32Array;
  /** Where answers go: they are read from it synchronously. */
  answers: MessagePort;
}
