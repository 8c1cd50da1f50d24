import { Buffer } from "node:buffer";
import type { RunError, SandboxLimits } from "@smoltools/core";
import { type CallRequest, fetchCall, type RunEvents, type RunOutcome } from "./engine.ts";
import { jsonShape } from "./json-shape.ts";
import { Output } from "./output.ts";
import { limitError } from "./run-error.ts";

/** How much more memory than its limit of bytes allows a value may take once it is read, because of its many parts. */
const weightFactor = 4;
/** So much is allowed in any case. */
const leastWeight = 1024 * 1024;

const passedBy = "a limit of calls was passed by";

/** How a run ended, for the code alone: whether the engine survived is another matter. */
export type RunEnd = Omit<RunOutcome, "lost">;

/** A call that breaks the rules which both sides of the boundary know: no honest engine passes it on. */
export class CallViolation extends Error {}

/**
 * What is known of the run in progress: what it printed, its open calls, and how it ended.
 *
 * This is where limits are enforced. What runs inside may check them too, to fail early and say why; it is not trusted.
 */
export class RunRecord {
  readonly #limits: SandboxLimits;
  readonly #timeoutMs: number;
  readonly #events: RunEvents;
  readonly #output: Output;
  /** The calls that wait for the host, by id. */
  readonly #openCalls = new Map<number, { name: string; bytes: number }>();
  /** Bytes of the arguments of those calls. */
  #openBytes = 0;
  /** Calls that the host has not been told of yet. */
  #unsent: CallRequest[] = [];
  #callsMade = 0;
  #end: RunEnd | undefined;

  constructor(limits: SandboxLimits, timeoutMs: number, events: RunEvents) {
    this.#limits = limits;
    this.#timeoutMs = timeoutMs;
    this.#events = events;
    this.#output = new Output(limits.maxOutputBytes, (texts) => events.onOutput(texts));
  }

  /** How it ended, once that is known. */
  get end(): RunEnd | undefined {
    return this.#end;
  }

  /** True while an answer of the host may let it go on. */
  get waitsForHost(): boolean {
    return this.#openCalls.size > 0;
  }

  /** Ends the run, unless it has ended already. */
  endWith(end: RunEnd): void {
    this.#end ??= end;
  }

  /** Ends the run with a value, which is JSON. */
  endWithValue(json: string | undefined): void {
    if (json === undefined) return this.endWith({});
    const problem = this.#resultProblem(json, "the value of the run");
    this.endWith(problem ? { error: problem } : { value: json });
  }

  /** Ends the run with its final answer. */
  endWithAnswer(json: string | undefined): void {
    if (json === undefined) return this.endWith({ answer: {} });
    const problem = this.#resultProblem(json, "the final answer");
    this.endWith(problem ? { error: problem } : { answer: { json } });
  }

  print(text: string): number {
    return this.#output.print(text);
  }

  /**
   * Takes a call of the code.
   *
   * @returns Why it is refused, if it is.
   * @throws CallViolation
   */
  startCall(id: number, name: string, args: string, undefinedAt: string | undefined): string | undefined {
    const { maxArgumentBytes, maxCalls, maxCallsInFlight, maxDepth, memoryBytes } = this.#limits;
    // Those that are refused count too: each refusal is a message that a guest need not read.
    this.#callsMade += 1;
    if (this.#callsMade > maxCalls || this.#openCalls.size >= maxCallsInFlight || this.#openCalls.has(id)) {
      throw new CallViolation(passedBy);
    }
    const bytes = Buffer.byteLength(args) + Buffer.byteLength(undefinedAt ?? "");
    if (bytes > maxArgumentBytes) {
      return `its argument list is more than ${maxArgumentBytes} bytes of JSON (maxArgumentBytes)`;
    }
    const { depth, weight } = jsonShape(args);
    // The list of arguments is a level of its own.
    if (depth > maxDepth + 1) throw new CallViolation(passedBy);
    const problem = weightProblem(weight, "maxArgumentBytes", this.#limits);
    if (problem !== undefined) return `its argument list ${problem}`;
    // All that waits at once was a value of the code a moment ago: it cannot be more than the code's memory.
    this.#openBytes += bytes;
    if (this.#openBytes > Math.max(memoryBytes, 4 * maxArgumentBytes)) {
      throw new CallViolation("the arguments of its open calls are more than its memory");
    }
    this.#openCalls.set(id, { name, bytes });
    this.#unsent.push({ id, name, args, ...(undefinedAt !== undefined && { undefinedAt }) });
    return undefined;
  }

  /** The call has its answer; false when there is no such call. */
  endCall(id: number): boolean {
    this.#openBytes -= this.#openCalls.get(id)?.bytes ?? 0;
    return this.#openCalls.delete(id);
  }

  /** The code gives up a call; false when there is no such call. */
  cancelCall(id: number): boolean {
    if (!this.endCall(id)) return false;
    this.flush();
    this.#events.onCancel(id);
    return true;
  }

  /** Tells the host what happened so far. */
  flush(): void {
    this.#output.flush();
    if (this.#unsent.length === 0) return;
    const calls = this.#unsent;
    this.#unsent = [];
    this.#events.onCalls(calls);
  }

  /**
   * The error for a run that is out of time.
   *
   * @param waited - Whether the code was waiting rather than at work.
   */
  timeoutError(waited: boolean): RunError {
    const names = [...new Set([...this.#openCalls.values()].map(({ name }) => name))].map((name) =>
      name === fetchCall ? "fetch" : name,
    );
    const calls = `${this.#openCalls.size} open call${this.#openCalls.size === 1 ? "" : "s"} of the host (${names.join(", ")})`;
    const reason = waited
      ? `it was waiting for ${names.length > 0 ? calls : "a timer"}`
      : `it was still busy${names.length > 0 ? `, with ${calls}` : ""}`;
    return {
      code: "SANDBOX_TIMEOUT",
      name: "TimeoutError",
      message: `the code took longer than ${this.#timeoutMs} ms: ${reason}`,
    };
  }

  #resultProblem(json: string, subject: string): RunError | undefined {
    const { maxResultBytes, maxDepth } = this.#limits;
    const bytes = Buffer.byteLength(json);
    if (bytes > maxResultBytes) {
      return limitError(
        "maxResultBytes",
        `${subject} is ${bytes} bytes of JSON, more than ${maxResultBytes} (maxResultBytes)`,
      );
    }
    const { depth, weight } = jsonShape(json);
    if (depth > maxDepth)
      return limitError("maxDepth", `${subject} is nested deeper than ${maxDepth} levels (maxDepth)`);
    const problem = weightProblem(weight, "maxResultBytes", this.#limits);
    return problem === undefined ? undefined : limitError("maxResultBytes", `${subject} ${problem}`);
  }
}

/** Says what is wrong with a value that takes much more memory and time to read than its bytes tell. */
function weightProblem(
  weight: number,
  limit: "maxArgumentBytes" | "maxResultBytes",
  limits: SandboxLimits,
): string | undefined {
  const most = Math.max(weightFactor * limits[limit], leastWeight);
  if (weight <= most) return undefined;
  return `has so many parts that it takes about ${weight} bytes of memory, more than ${most} (for this ${limit})`;
}
