import type { RunErrorCode } from "@smoltools/core";
import { isSmall } from "../engine/json-shape.ts";
import type { CallAnswer, CallRequest, EngineSetup, Variable } from "../engine/engine.ts";

// The protocol between a sandbox and a guest: a program in a process, a container or another machine that runs the
// code. Each message is one line of JSON. Messages are flat: what the code's values are travels as JSON texts inside,
// so that a hostile guest cannot make the host build deep or large values before their limits are checked.
//
// The guest is the code's own process. Code can therefore send any message by itself, and deceive nobody but its own
// run: whatever arrives is held against the state and the limits on this side.

/** What the sandbox tells the guest. */
export type ToGuest =
  /** Comes first, once. Answered by `ready` or `failed`. */
  | { type: "setup"; setup: EngineSetup & GuestExtras }
  /** Runs a step; one at a time, numbered from 1. Answered by `ended`. */
  | { type: "run"; run: number; step: GuestStep; variables: readonly Variable[] }
  | { type: "settle"; answers: readonly CallAnswer[] }
  /** The run has to end: a guest that is able to answers with `ended` at once. */
  | { type: "stop"; run: number }
  /** Answered by `pong` as soon as the guest is not busy; `atRest`: not while it has a run in progress. */
  | { type: "ping"; id: number; atRest?: boolean };

/** What one kind of guest needs besides. */
export type GuestExtras = Readonly<Record<string, unknown>>;

/** The source of a step, in the form that this kind of guest takes. */
export type GuestStep = Readonly<Record<string, unknown>>;

/** Why the code failed, as the guest tells it. */
export interface GuestFailure {
  /** Class of the error. */
  name: string;
  message: string;
  /** What kind of failure it is where the guest knows; `SANDBOX_EXCEPTION` otherwise. */
  code?: RunErrorCode;
  /** A stack trace in the manner of V8, from which the place in the step is read. */
  stack?: string;
  /** The place in the step, where the guest knows it better. */
  line?: number;
  column?: number;
  /** Name of the limit that was reached. */
  limit?: string;
}

/** What the guest tells the sandbox. */
export type FromGuest =
  | { type: "ready" }
  | { type: "failed"; message: string }
  | { type: "calls"; calls: readonly CallRequest[] }
  | { type: "cancel"; id: number }
  | { type: "output"; texts: readonly string[] }
  /** The code called `finalAnswer`. `json` is absent for `undefined`. The run still ends with `ended`. */
  | { type: "answer"; json?: string }
  /**
   * The run is over: with a value (JSON, absent for none), or with a failure.
   *
   * `busy` tells, of a run that was stopped, whether the code was at work rather than waiting; `atRest`, that it has left
   * nothing behind that could be at work: nobody has to ask.
   */
  | { type: "ended"; run: number; json?: string; failure?: GuestFailure; busy?: boolean; atRest?: boolean }
  /** `busyMs`: the processor time that the guest has used, in milliseconds, where it knows. */
  | { type: "pong"; id: number; busyMs?: number };

/** Deepest message: `{ calls: [{ … }] }`. */
const maxDepth = 4;
/** Most values in a message: calls that are open at the same time, lines of output, and what they are in. */
const maxParts = 100_000;
/** Longest list of indexes of arguments that are `undefined`, in characters: guests name a hundred. */
const maxIndexes = 1000;
/** Longest text of a failure that is taken over, in characters. */
const maxText = 8000;

const codes: ReadonlySet<string> = new Set<RunErrorCode>([
  "SANDBOX_SYNTAX",
  "SANDBOX_EXCEPTION",
  "SANDBOX_MEMORY",
  "SANDBOX_STACK",
  "SANDBOX_LIMIT",
  "SANDBOX_TIMEOUT",
]);

/** Reads a line of the guest; nothing when it is no message. Safe on any text. */
export function readFromGuest(line: string): FromGuest | undefined {
  if (!isSmall(line, maxDepth, maxParts)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  return isObject(value) ? messageFrom(value) : undefined;
}

type Fields = Readonly<Record<string, unknown>>;

function messageFrom(value: Fields): FromGuest | undefined {
  switch (value.type) {
    case "ready":
      return { type: "ready" };
    case "failed":
      return { type: "failed", message: textOf(value.message) };
    case "calls": {
      const calls = listOf(value.calls, callFrom);
      return calls && { type: "calls", calls };
    }
    case "cancel":
      return isCount(value.id) ? { type: "cancel", id: value.id } : undefined;
    case "output": {
      const texts = listOf(value.texts, (text) => (typeof text === "string" ? text : undefined));
      return texts && { type: "output", texts };
    }
    case "answer":
      return isOptionalText(value.json) ? { type: "answer", ...jsonOf(value.json) } : undefined;
    case "ended":
      return endedFrom(value);
    case "pong":
      return pongFrom(value);
    default:
      return undefined;
  }
}

function pongFrom({ id, busyMs }: Fields): FromGuest | undefined {
  if (!isCount(id) || (busyMs !== undefined && !isTime(busyMs))) return undefined;
  return { type: "pong", id, ...(busyMs !== undefined && { busyMs }) };
}

function endedFrom({ run, json, failure, busy, atRest }: Fields): FromGuest | undefined {
  if (!isCount(run) || !isOptionalText(json) || (failure !== undefined && !isObject(failure))) return undefined;
  return {
    type: "ended",
    run,
    ...jsonOf(json),
    ...(failure && { failure: failureFrom(failure) }),
    ...(busy === true && { busy }),
    ...(atRest === true && { atRest }),
  };
}

function failureFrom(value: Fields): GuestFailure {
  const { code, stack, line, column, limit } = value;
  return {
    name: typeof value.name === "string" && /^[\w$.]{1,64}$/.test(value.name) ? value.name : "Error",
    message: textOf(value.message),
    ...(typeof code === "string" && codes.has(code) && { code: code as RunErrorCode }),
    ...(typeof stack === "string" && { stack: textOf(stack) }),
    ...(isPlace(line) && { line }),
    ...(isPlace(line) && isPlace(column) && { column }),
    ...(typeof limit === "string" && { limit }),
  };
}

function callFrom(value: unknown): CallRequest | undefined {
  if (!isObject(value)) return undefined;
  const { id, name, args, undefinedAt } = value;
  if (!isCount(id) || typeof name !== "string" || typeof args !== "string" || !isOptionalText(undefinedAt)) {
    return undefined;
  }
  if (undefinedAt !== undefined && undefinedAt.length > maxIndexes) return undefined;
  return { id, name, args, ...(undefinedAt !== undefined && { undefinedAt }) };
}

function listOf<T>(value: unknown, read: (item: unknown) => T | undefined): T[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const items: T[] = [];
  for (const item of value) {
    const one = read(item);
    if (one === undefined) return undefined;
    items.push(one);
  }
  return items;
}

function jsonOf(json: string | undefined): { json?: string } {
  return json === undefined ? {} : { json };
}

function textOf(value: unknown): string {
  const text = typeof value === "string" ? value : "";
  return text.length > maxText ? `${text.slice(0, maxText).toWellFormed()}… (cut)` : text;
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isOptionalText(value: unknown): value is string | undefined {
  return value === undefined || typeof value === "string";
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isTime(value: unknown): value is number {
  return Number.isFinite(value) && Number(value) >= 0;
}

function isPlace(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}
