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
import { connectGuest, type GuestHandles } from "./connect-guest.ts";
import { GuestMemoryError, GuestValues } from "./guest-values.ts";
import { setModules } from "./module-loader.ts";
import { newQuickJs, type QuickJsInstance } from "./quickjs-instance.ts";
import { RunClock } from "./run-clock.ts";
import { stuckError } from "./run-error.ts";

/** Stack of the code inside; the worker's own is so much larger that QuickJS always notices first. */
const stackBytes = 512 * 1024;
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
  readonly #guest: GuestHandles;
  #steps = 0;
  #run: ActiveRun | undefined;
  #resolve: (outcome: RunOutcome) => void = () => {};
  /** Whatever the engine does is interrupted when its time is over. */
  #clock: RunClock | undefined;
  /** True while the host waits for work whose time is not the code's. */
  #untimed = false;
  #deadlineTimer: NodeJS.Timeout | undefined;
  #wakeTimer: NodeJS.Timeout | undefined;

  private constructor(
    instance: QuickJsInstance,
    guestSources: ReadonlyMap<string, string>,
    setup: WorkerSetup,
    send: (message: FromWorker) => void,
  ) {
    this.#setup = setup;
    this.#send = send;
    this.#instance = instance;
    const { runtime, hasMemory } = instance;
    runtime.setMaxStackSize(stackBytes);
    this.#context = runtime.newContext();
    this.#values = new GuestValues(this.#context, hasMemory);
    setModules(instance, guestSources, setup.modules);
    const { functions, hasFetch, limits } = setup;
    const settings = { functions: [...functions], hasFetch, ...limits };
    this.#guest = connectGuest(this.#context, this.#values, settings, {
      call: (id, name, args, undefinedAt) => this.#startCall(id, name, args, undefinedAt),
      cancel: (id) => this.#run?.cancelCall(id),
      print: (text) => this.#run?.print(text) ?? -1,
      succeed: (json) => this.#run?.endWithValue(json),
      fail: (json) => this.#fail(json),
      answer: (json) => this.#run?.endWithAnswer(json),
      wake: (delayMs) => this.#wake(delayMs),
    });
    runtime.setInterruptHandler(() => {
      this.#run?.flush();
      return this.#isOver();
    });
    this.#setVariables(setup.variables);
  }

  /** @throws Error when the engine cannot be set up, such as for variables that do not fit its memory. */
  static async create(
    wasmModule: WebAssembly.Module,
    guestSources: ReadonlyMap<string, string>,
    setup: WorkerSetup,
    send: (message: FromWorker) => void,
  ): Promise<Engine> {
    return new Engine(await newQuickJs(wasmModule, setup.limits.memoryBytes), guestSources, setup, send);
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

  #start(run: ActiveRun, variables: readonly Variable[]): void {
    this.#setVariables(variables);
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
    return this.#run.startCall(id, name, args, undefinedAt);
  }

  #fail(failureJson: string): void {
    // An interrupt inside QuickJS's own machinery shows as one or another error: out of time is what it means.
    if (!this.#isOver()) this.#run?.endWith({ error: this.#errorFrom(failureJson) });
  }

  #setVariables(variables: readonly Variable[]): void {
    for (const [name, json] of variables) {
      using nameHandle = this.#values.newText(name);
      using jsonHandle = this.#values.newText(json);
      this.#call(this.#guest.setVariable, nameHandle, jsonHandle);
    }
  }

  /** Calls one of the guest's functions, which throw only when the engine is in trouble. */
  #call(work: QuickJSHandle, ...args: QuickJSHandle[]): void {
    const result = this.#context.callFunction(work, this.#context.undefined, args);
    if (!result.error) return result.value.dispose();
    if (this.#isOver()) return result.error.dispose();
    const { name, message } = parseFailure(result.error.consume((thrown) => this.#describe(thrown)));
    if (message === "out of memory" || !this.#instance.hasMemory(usefulBytes)) throw new GuestMemoryError();
    throw new Error(`${name}: ${message}`);
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

function parseFailure(json: string): GuestFailure {
  return JSON.parse(json) as GuestFailure;
}
