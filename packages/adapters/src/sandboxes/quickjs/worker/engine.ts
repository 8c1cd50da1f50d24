import { Buffer } from "node:buffer";
import type { RunError } from "@smoltools/core";
import type { QuickJSContext, QuickJSHandle } from "quickjs-emscripten-core";
import { fetchCall, type GuestFailure } from "../guest/host.ts";
import type { CallAnswer, RunOutcome, Variable } from "../../engine/engine.ts";
import { crashError, limitError, memoryError } from "../../engine/run-error.ts";
import type { RunEnd } from "../../engine/run-record.ts";
import { prepareStep } from "../../step/prepare-step.ts";
import type { FromWorker, WorkerSetup } from "../protocol.ts";
import { ActiveRun } from "./active-run.ts";
import { GuestMemoryError, type GuestValues } from "./guest-values.ts";
import type { Machine } from "./machine.ts";
import type { QuickJsInstance } from "./quickjs-instance.ts";
import { RunClock } from "./run-clock.ts";
import { stuckError } from "./run-error.ts";

/** How long the rest of an ended run may take to wind down before the engine is given up. */
const closingMs = 50;
/** Free memory that an engine must have after a run to be of further use. */
const usefulBytes = 256 * 1024;
/** Longest delay that timers take. */
const maxDelayMs = 2 ** 31 - 1;
/** Promise jobs between two looks at the clock. */
const jobsAtOnce = 32;

/** One QuickJS engine: runs steps, one after another, and keeps their globals. */
export class Engine {
  readonly #setup: WorkerSetup;
  readonly #send: (message: FromWorker) => void;
  readonly #instance: QuickJsInstance;
  readonly #context: QuickJSContext;
  readonly #values: GuestValues;
  readonly #guest: Machine["guest"];
  #steps: number;
  #run: ActiveRun | undefined;
  #resolve: (outcome: RunOutcome) => void = () => {};
  /** Whatever the engine does is interrupted when its time is over. */
  #clock: RunClock | undefined;
  /** True while the host waits for work whose time is not the code's. */
  #untimed = false;
  #deadlineTimer: NodeJS.Timeout | undefined;
  #wakeTimer: NodeJS.Timeout | undefined;

  /**
   * Makes an engine of a machine that nobody else uses.
   *
   * @param steps - How many runs the machine has had as an engine before its image was taken; without it, it is new.
   * @throws Error when the engine cannot be set up, such as for variables that do not fit its memory.
   */
  constructor(machine: Machine, setup: WorkerSetup, send: (message: FromWorker) => void, steps?: number) {
    this.#setup = setup;
    this.#send = send;
    this.#instance = machine.instance;
    this.#context = machine.context;
    this.#values = machine.values;
    this.#guest = machine.guest;
    this.#steps = steps ?? 0;
    machine.modules.given = new Map(Object.entries(setup.modules));
    machine.user = {
      call: (id, name, args, undefinedAt) => this.#startCall(id, name, args, undefinedAt),
      cancel: (id) => this.#run?.cancelCall(id),
      print: (text) => this.#run?.print(text) ?? -1,
      succeed: (json) => this.#run?.endWithValue(json),
      fail: (json) => this.#fail(json),
      answer: (json) => this.#run?.endWithAnswer(json),
      wake: (delayMs) => this.#wake(delayMs),
      isOver: () => {
        this.#run?.flush();
        return this.#isOver();
      },
    };
    if (steps === undefined) this.#boot();
  }

  /** How many runs there were. */
  get steps(): number {
    return this.#steps;
  }

  /** Runs one step to its end, its time limit, or `stop`. Never rejects. */
  async run(code: string, variables: readonly Variable[], timeoutMs: number): Promise<RunOutcome> {
    const { functions, limits } = this.#setup;
    this.#clock = new RunClock(timeoutMs, this.#setup.stoodStillMs);
    const bytes = Buffer.byteLength(code);
    if (bytes > limits.maxSourceBytes) {
      const message = `the code is ${bytes} bytes long, more than ${limits.maxSourceBytes} (maxSourceBytes)`;
      return { error: limitError("maxSourceBytes", message), lost: false };
    }
    const prepared = await prepareStep(code);
    if ("error" in prepared) return { error: prepared.error, lost: prepared.broken };
    const { step } = prepared;
    const taken = step.functionNames.find((name) => name === "finalAnswer" || functions.includes(name));
    if (taken !== undefined) {
      const message = `${taken} is a function of the host and cannot be declared again: choose another name`;
      return { error: { code: "SANDBOX_EXCEPTION", name: "TypeError", message }, lost: false };
    }
    this.#steps += 1;
    const run = new ActiveRun(step, this.#steps, limits, timeoutMs, {
      onCalls: (calls) => this.#send({ type: "calls", calls }),
      onCancel: (id) => this.#send({ type: "cancel", id }),
      onOutput: (texts) => this.#send({ type: "output", texts }),
    });
    return new Promise((resolve) => {
      this.#run = run;
      this.#resolve = resolve;
      this.#watchDeadline();
      this.#enter(() => this.#start(run, variables));
    });
  }

  /** Takes answers of host functions. */
  settle(answers: readonly CallAnswer[]): void {
    this.#enter((run) => {
      for (const { id, ok, json } of answers) {
        if (!run.endCall(id)) continue;
        using text = this.#values.newText(json);
        using number = this.#context.newNumber(id);
        this.#call(this.#guest.settle, number, ok ? this.#context.true : this.#context.false, text);
      }
    });
  }

  /** Says whether the clock stands still while the code can only wait. */
  setUntimed(inProgress: boolean): void {
    this.#untimed = inProgress;
    this.look();
  }

  /** Looks whether the run is over: neither the deadline nor the stop flag can wake an engine that waits. */
  look(): void {
    this.#enter(() => {});
  }

  /** Everything that lets the engine work on the run goes through here, so that every end of it is noticed. */
  #enter(work: (run: ActiveRun) => void): void {
    const run = this.#run;
    if (!run) return;
    if (this.#clock?.go()) this.#watchDeadline();
    let failed = false;
    try {
      const waited = this.#isOver();
      if (!waited) work(run);
      this.#drain();
      if (!run.end && this.#isOver()) run.endWith({ error: run.timeoutError(waited) });
      if (!run.end && !run.waitsForHost && this.#wakeTimer === undefined) run.endWith({ error: stuckError });
    } catch (error) {
      failed = !(error instanceof GuestMemoryError);
      run.endWith({ error: failed ? crashError(error) : memoryError(this.#setup.limits) });
    }
    run.flush();
    if (run.end) this.#finish(run.end, failed);
    else if (this.#untimed) this.#stopClock();
  }

  #boot(): void {
    const { functions, hasFetch, limits, variables } = this.#setup;
    using settings = this.#values.newText(JSON.stringify({ functions, hasFetch, ...limits }));
    this.#call(this.#guest.boot, settings);
    for (const variable of variables) {
      const failure = this.#setVariable(variable);
      if (failure) throw new Error(failure.message);
    }
  }

  #start(run: ActiveRun, variables: readonly Variable[]): void {
    for (const variable of variables) {
      // Code may have frozen the global object, or taken the name for good.
      const failure = this.#setVariable(variable);
      if (!failure) continue;
      const message = `the variable ${variable[0]} cannot be set: ${failure.message}`;
      return run.endWith({ error: run.errorFrom({ ...failure, message }) });
    }
    const { functions, body, variables: names } = run.step;
    if (functions !== undefined) this.#evaluate(run, functions, run.files.functions)?.dispose();
    using step = run.end ? undefined : this.#evaluate(run, body, run.files.body);
    if (!step) return;
    using namesJson = this.#values.newText(JSON.stringify(names));
    this.#call(this.#guest.start, step, namesJson);
  }

  /** Evaluates a script that only declares: what can go wrong is its syntax. */
  #evaluate(run: ActiveRun, code: string, file: string): QuickJSHandle | undefined {
    if (!this.#instance.hasMemory(8 * code.length)) throw new GuestMemoryError();
    const result = this.#context.evalCode(code, file, { type: "global" });
    if (!result.error) return result.value;
    const error = this.#errorFrom(result.error.consume((thrown) => this.#describe(thrown)));
    run.endWith({ error: error.name === "SyntaxError" ? { ...error, code: "SANDBOX_SYNTAX" } : error });
    return undefined;
  }

  #finish(end: RunEnd, failed: boolean): void {
    clearTimeout(this.#deadlineTimer);
    this.#run = undefined;
    const lost = failed || !this.#windDown();
    this.#wake(-1);
    this.#resolve({ ...end, lost });
  }

  /** Ends what the run left behind; false when that fails, and the engine is of no further use. */
  #windDown(): boolean {
    this.#clock = new RunClock(closingMs, this.#setup.stoodStillMs);
    try {
      this.#call(this.#guest.end);
      return this.#drain() && this.#instance.hasMemory(usefulBytes);
    } catch {
      return false;
    } finally {
      this.#clock = undefined;
    }
  }

  /** Runs promise jobs; false when time ran out before all were done. */
  #drain(): boolean {
    while (!this.#isOver()) if (!this.#instance.runJobs(jobsAtOnce)) return true;
    return false;
  }

  #isOver(): boolean {
    if (this.#run && (this.#run.end || Atomics.load(this.#setup.stop, 0) !== 0)) return true;
    return this.#clock !== undefined && this.#clock.leftMs <= 0;
  }

  /** Ends a run that waits: while it is busy, the interrupt handler does. */
  #watchDeadline(): void {
    const look = (): void => {
      this.look();
      // Timers may come a little early.
      if (this.#run) this.#watchDeadline();
    };
    const remaining = Math.max(this.#clock?.leftMs ?? 0, 0) + 1;
    this.#deadlineTimer = setTimeout(look, Math.min(remaining, maxDelayMs));
  }

  #stopClock(): void {
    this.#clock?.stop();
    clearTimeout(this.#deadlineTimer);
  }

  #wake(delayMs: number): void {
    clearTimeout(this.#wakeTimer);
    this.#wakeTimer = undefined;
    if (delayMs < 0 || !this.#run) return;
    this.#wakeTimer = setTimeout(() => {
      this.#wakeTimer = undefined;
      this.#enter(() => this.#call(this.#guest.fireTimer));
    }, delayMs);
  }

  #startCall(id: number, name: string, args: string, undefinedAt: string | undefined): string | undefined {
    const { functions, hasFetch } = this.#setup;
    if (!functions.includes(name) && !(hasFetch && name === fetchCall)) throw new Error(`there is no function ${name}`);
    if (!this.#run) throw new Error("no run is in progress");
    if (undefinedAt !== undefined && !/^\d{1,3}(?:,\d{1,3}){0,99}$/.test(undefinedAt))
      throw new Error("no list of indexes");
    return this.#run.startCall(id, name, args, undefinedAt);
  }

  #fail(failureJson: string): void {
    // An interrupt inside QuickJS's own machinery shows as one or another error: out of time is what it means.
    if (!this.#isOver()) this.#run?.endWith({ error: this.#errorFrom(failureJson) });
  }

  #setVariable([name, json]: Variable): GuestFailure | undefined {
    using nameHandle = this.#values.newText(name);
    using jsonHandle = this.#values.newText(json);
    return this.#tryCall(this.#guest.setVariable, nameHandle, jsonHandle);
  }

  /** Calls one of the guest's functions that throw only when the engine is in trouble. */
  #call(work: QuickJSHandle, ...args: QuickJSHandle[]): void {
    const failure = this.#tryCall(work, ...args);
    if (failure) throw new Error(`${failure.name}: ${failure.message}`);
  }

  /** Calls one of the guest's functions; what it throws because time is over does not count. */
  #tryCall(work: QuickJSHandle, ...args: QuickJSHandle[]): GuestFailure | undefined {
    const result = this.#context.callFunction(work, this.#context.undefined, args);
    if (!result.error) {
      result.value.dispose();
      return undefined;
    }
    if (this.#isOver()) {
      result.error.dispose();
      return undefined;
    }
    const failure = parseFailure(result.error.consume((thrown) => this.#describe(thrown)));
    if (failure.message === "out of memory" || !this.#instance.hasMemory(usefulBytes)) throw new GuestMemoryError();
    return failure;
  }

  #describe(thrown: QuickJSHandle): string {
    const result = this.#context.callFunction(this.#guest.describe, this.#context.undefined, thrown);
    if (!result.error) return result.value.consume((text) => this.#values.text(text));
    result.error.dispose();
    throw new GuestMemoryError();
  }

  #errorFrom(failureJson: string): RunError {
    const failure = parseFailure(failureJson);
    // Without memory even the error object cannot be made, and null is thrown in its place.
    const nothing = failure.name === "object" && failure.message === "null";
    if (nothing && !this.#instance.hasMemory(usefulBytes)) return memoryError(this.#setup.limits);
    return this.#run?.errorFrom(failure) ?? crashError(failure.message);
  }
}

/** Code may have replaced what the guest makes its texts with: only what is there as it should be is taken. */
function parseFailure(json: string): GuestFailure {
  const { name, message, stack, limit } = Object(JSON.parse(json)) as Record<string, unknown>;
  const text = (value: unknown): string => (typeof value === "string" ? value : "");
  return {
    name: text(name) || "Error",
    message: text(message),
    stack: text(stack),
    ...(typeof limit === "string" && { limit }),
  };
}
