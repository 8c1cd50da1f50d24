import { Buffer } from "node:buffer";
import type { RunError, SandboxLimits } from "@smoltools/core";
import { fetchCall, type GuestFailure } from "../guest/host.ts";
import { jsonDepth } from "../json-depth.ts";
import type { CallRequest, FromWorker, RunOutcome } from "../protocol.ts";
import { Output } from "./output.ts";
import { limitError, placeInStep, runErrorFrom, type StepFiles } from "./run-error.ts";
import type { Step } from "./transform.ts";

/** How a run ended, for the code alone: whether the engine survived is another matter. */
export type RunEnd = Omit<RunOutcome, "lost">;

/** What is known of the run in progress: its source, what it printed, its open calls, and how it ended. */
export class ActiveRun {
  readonly step: Step;
  readonly files: StepFiles;
  readonly #limits: SandboxLimits;
  readonly #timeoutMs: number;
  readonly #send: (message: FromWorker) => void;
  readonly #output: Output;
  /** Names of the calls that wait for the host, by id. */
  readonly #openCalls = new Map<number, string>();
  /** Calls that the host has not been told of yet. */
  #unsent: CallRequest[] = [];
  #callsMade = 0;
  #end: RunEnd | undefined;

  /** @param number - Tells the scripts of different runs apart. */
  constructor(
    step: Step,
    number: number,
    limits: SandboxLimits,
    timeoutMs: number,
    send: (message: FromWorker) => void,
  ) {
    this.step = step;
    this.files = { body: `step-${number}.js`, functions: `step-${number}-functions.js` };
    this.#limits = limits;
    this.#timeoutMs = timeoutMs;
    this.#send = send;
    this.#output = new Output(limits.maxOutputBytes, (texts) => send({ type: "output", texts }));
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
   * Takes a call of the code. The guest has checked the limits before: here they are enforced.
   *
   * @returns Why it is refused, if it is.
   */
  startCall(id: number, name: string, args: string, undefinedAt: string | undefined): string | undefined {
    const { maxArgumentBytes, maxCalls, maxCallsInFlight, maxDepth } = this.#limits;
    if (Buffer.byteLength(args) > maxArgumentBytes) {
      return `its argument list is more than ${maxArgumentBytes} bytes of JSON (maxArgumentBytes)`;
    }
    this.#callsMade += 1;
    // The list of arguments is a level of its own.
    if (this.#callsMade > maxCalls || this.#openCalls.size >= maxCallsInFlight || jsonDepth(args) > maxDepth + 1) {
      throw new Error("a limit was passed by");
    }
    this.#openCalls.set(id, name);
    this.#unsent.push({ id, name, args, ...(undefinedAt !== undefined && { undefinedAt }) });
    return undefined;
  }

  /** The call has its answer; false when there is no such call. */
  endCall(id: number): boolean {
    return this.#openCalls.delete(id);
  }

  cancelCall(id: number): void {
    if (!this.endCall(id)) return;
    this.flush();
    this.#send({ type: "cancel", id });
  }

  /** Tells the host what happened so far. */
  flush(): void {
    this.#output.flush();
    if (this.#unsent.length === 0) return;
    this.#send({ type: "calls", calls: this.#unsent });
    this.#unsent = [];
  }

  /** The error for something that the code threw. */
  errorFrom(failure: GuestFailure): RunError {
    return runErrorFrom(failure, this.#limits, placeInStep(failure.stack, this.files, this.step));
  }

  /**
   * The error for a run that is out of time.
   *
   * @param waited - Whether the code was waiting rather than at work.
   */
  timeoutError(waited: boolean): RunError {
    const names = [...new Set(this.#openCalls.values())].map((name) => (name === fetchCall ? "fetch" : name));
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
    return jsonDepth(json) > maxDepth
      ? limitError("maxDepth", `${subject} is nested deeper than ${maxDepth} levels (maxDepth)`)
      : undefined;
  }
}
