import { Error, Promise } from "./builtins.ts";
import { checkLength, encode } from "./encode.ts";
import { limitError, markLimit, setName } from "./errors.ts";
import { fetchCall, host, settings } from "./host.ts";
import { parseJson } from "./intrinsics.ts";

interface Call {
  id: number;
  name: string;
  argsJson: string;
  undefinedAt: string | undefined;
  resolve(value: unknown): void;
  /** Rejects with `failure`, filled in. */
  failure: Error;
  reject(error: unknown): void;
}

/** How many bytes of arguments may be on their way at once, in multiples of the largest argument list. */
const argumentWindow = 4;

let nextId = 1;
let callsMade = 0;
let bytesInFlight = 0;
/** Why no further call is taken, between runs and after `finalAnswer`. */
let closed: string | undefined = "no run is in progress";
const inFlight = new Map<number, Call>();
let waiting: Call[] = [];

/** Starts counting for a new run. */
export function openCalls(): void {
  callsMade = 0;
  closed = undefined;
}

/** From now on every call is refused. */
export function refuseCalls(reason: string): void {
  closed = reason;
}

/** Ends all calls that are still open. */
export function endCalls(): void {
  closed = "the run is over";
  const abandoned = [...inFlight.values(), ...waiting];
  inFlight.clear();
  waiting = [];
  bytesInFlight = 0;
  for (const call of abandoned) {
    call.failure.message = `the run that called ${labelOf(call.name)} ended before the answer came: await a call in the run that makes it`;
    call.reject(call.failure);
  }
}

/**
 * Calls a function of the host.
 *
 * @param onStart - Told how to give the call up.
 */
export function callHost(
  name: string,
  args: readonly unknown[],
  onStart?: (cancel: () => void) => void,
): Promise<unknown> {
  // Made here so that its stack shows the line of the call, which is gone when the answer comes.
  const failure = new Error();
  const label = labelOf(name);
  return new Promise((resolve, reject) => {
    if (closed !== undefined) throw new Error(`${label} was not called: ${closed}`);
    callsMade += 1;
    if (callsMade > settings.maxCalls) {
      throw limitError("maxCalls", `${label} was not called: a run may make ${settings.maxCalls} calls (maxCalls)`);
    }
    const parts = args.map((value, index) => encode(value, `${label}: argument ${index + 1}`));
    const argsJson = `[${parts.map((part) => part ?? "null").join(",")}]`;
    checkLength(argsJson, "maxArgumentBytes", `${label}: its argument list`);
    const undefinedAt = indexesOfUndefined(parts);
    const call: Call = { id: nextId++, name, argsJson, undefinedAt, resolve, failure, reject };
    waiting.push(call);
    startWaiting();
    onStart?.(() => cancel(call));
  });
}

/** The answer of the host: JSON of the result, or of `{ name, message, limit? }`. */
export function settle(id: number, ok: boolean, json: string | undefined): void {
  const call = inFlight.get(id);
  if (!call) return;
  forget(call);
  try {
    const value = json === undefined ? undefined : parseJson(json);
    if (ok) call.resolve(value);
    else call.reject(fill(call.failure, value as { name: string; message: string; limit?: string }));
  } catch (error) {
    call.reject(error);
  }
  startWaiting();
}

function cancel(call: Call): void {
  if (inFlight.has(call.id)) {
    forget(call);
    host.cancel(call.id);
    startWaiting();
  } else {
    waiting = waiting.filter((other) => other !== call);
  }
}

/** In how many of the first places `undefined` and `null` are told apart. */
const maxPlaces = 100;

function indexesOfUndefined(parts: readonly (string | undefined)[]): string | undefined {
  const first = parts.slice(0, maxPlaces);
  return first.flatMap((part, index) => (part === undefined ? [index] : [])).join(",") || undefined;
}

function labelOf(name: string): string {
  return name === fetchCall ? "fetch" : name;
}

function forget(call: Call): void {
  inFlight.delete(call.id);
  bytesInFlight -= call.argsJson.length;
}

function startWaiting(): void {
  while (inFlight.size < settings.maxCallsInFlight) {
    const call = waiting[0];
    if (!call) return;
    const bytes = bytesInFlight + call.argsJson.length;
    if (inFlight.size > 0 && bytes > argumentWindow * settings.maxArgumentBytes) return;
    waiting.shift();
    bytesInFlight = bytes;
    inFlight.set(call.id, call);
    try {
      const refusal = host.call(call.id, call.name, call.argsJson, call.undefinedAt);
      if (refusal !== undefined) throw limitError("maxArgumentBytes", `${labelOf(call.name)}: ${refusal}`);
    } catch (error) {
      forget(call);
      call.reject(error);
    }
  }
}

function fill(error: Error, told: { name: string; message: string; limit?: string }): Error {
  error.message = told.message;
  setName(error, told.name);
  return told.limit === undefined ? error : markLimit(error, told.limit);
}
