import { Buffer } from "node:buffer";
import type { RunError } from "@smoltools/core";
import {
  type CallAnswer,
  type CallRequest,
  type Engine,
  type EngineRun,
  type EngineSetup,
  fetchCall,
  type RunEvents,
  type RunOutcome,
} from "../engine/engine.ts";
import { Grace } from "../engine/grace.ts";
import { crashError, limitError } from "../engine/run-error.ts";
import { CallViolation, RunRecord } from "../engine/run-record.ts";
import { badOption, unavailable } from "../engine/sandbox-errors.ts";
import type { BusyMs } from "../engine/work-span.ts";
import type { GuestChannel, GuestExit } from "./guest-channel.ts";
import { failureError, type GuestLanguage, type PreparedStep } from "./guest-language.ts";
import { type FromGuest, type GuestExtras, readFromGuest, type ToGuest } from "./messages.ts";
import { PingMeter } from "./ping-meter.ts";
import { Recovery } from "./recovery.ts";
import { RunMeter } from "./run-meter.ts";

/** How long a guest may take to be set up: a safeguard, since no code runs meanwhile. */
const setupMs = 30_000;
/** So many messages that are of no use are put up with in a run: late ones, and output after the cut. */
const maxIdleMessages = 5000;
/** So much may wait for a guest that does not read. */
const maxBufferedBytes = 256 * 1024 * 1024;

/** How to set up a guest. */
export interface ChannelEngineOptions {
  /** Name of the sandbox, for errors. */
  sandbox: string;
  language: GuestLanguage;
  setup: EngineSetup;
  /** What this kind of guest needs besides. */
  extras?: GuestExtras;
}

/** A run in progress, as this side knows it. */
interface ChannelRun {
  number: number;
  record: RunRecord;
  prepared: PreparedStep;
  meter: RunMeter;
  /** Whether the code was at work when its time was over, where the kernel tells. */
  wasAtWork?: boolean | undefined;
  resolve(outcome: RunOutcome): void;
}

/** Who waits for the guest to be set up. */
interface SetupWaiter {
  resolve(): void;
  reject(reason: unknown): void;
}

/** An engine at the other end of a channel. It believes nothing that the guest says. */
export class ChannelEngine implements Engine {
  readonly #channel: GuestChannel;
  readonly #options: ChannelEngineOptions;
  readonly #pings: PingMeter;
  readonly #busyMs: BusyMs;
  readonly #recovery: Recovery;
  #runs = 0;
  #run: ChannelRun | undefined;
  #ready: SetupWaiter | undefined;
  #exit: GuestExit | undefined;
  /** Why the run in progress has to end. */
  #stopping: "late" | "stopped" | "answered" | undefined;
  /** Stops a run that has not begun. */
  #onStop: (() => void) | undefined;
  #grace: Grace | undefined;
  #idleMessages = 0;
  /** It broke the rules: nothing that it says counts any more. */
  #condemned = false;

  private constructor(channel: GuestChannel, options: ChannelEngineOptions) {
    this.#channel = channel;
    this.#options = options;
    this.#pings = new PingMeter((id, atRest) => this.#send({ type: "ping", id, ...(atRest && { atRest }) }));
    this.#recovery = new Recovery(this.#pings, () => this.#kill("it was kept busy by the run before"));
    this.#busyMs = channel.busyMs?.bind(channel) ?? ((): Promise<number> => this.#pings.read());
    channel.listen({
      onMessage: (line) => this.#receive(line),
      onExit: (exit) => this.#onExit(exit),
    });
  }

  /**
   * Sets up a guest that has been started.
   *
   * @throws SandboxError `SANDBOX_UNAVAILABLE` when the guest ends or does not answer, `SANDBOX_BAD_OPTIONS` when it
   *   refuses the setup.
   */
  static async create(channel: GuestChannel, options: ChannelEngineOptions): Promise<ChannelEngine> {
    const engine = new ChannelEngine(channel, options);
    using _hold = channel.hold();
    const { sandbox, setup, extras } = options;
    const giveUp = setTimeout(() => {
      engine.#ready?.reject(unavailable(sandbox, `the sandbox did not answer within ${setupMs} ms of its start`));
    }, setupMs);
    try {
      await new Promise<void>((resolve, reject) => {
        engine.#ready = { resolve, reject };
        if (engine.#exit) engine.#onExit(engine.#exit);
        else engine.#send({ type: "setup", setup: { ...setup, ...extras } });
      });
      // It has nothing to do yet: the time to learn how fast it answers.
      if (!channel.busyMs) void engine.#pings.rest();
      return engine;
    } catch (error) {
      await channel.kill();
      throw error;
    } finally {
      clearTimeout(giveUp);
      engine.#ready = undefined;
    }
  }

  async run({ code, variables, timeoutMs }: EngineRun, events: RunEvents): Promise<RunOutcome> {
    const { language, setup } = this.#options;
    const { limits } = setup;
    const bytes = Buffer.byteLength(code);
    if (bytes > limits.maxSourceBytes) {
      const message = `the code is ${bytes} bytes long, more than ${limits.maxSourceBytes} (maxSourceBytes)`;
      return { error: limitError("maxSourceBytes", message), lost: false };
    }
    using _hold = this.#channel.hold();
    this.#stopping = undefined;
    const number = (this.#runs += 1);
    const startedAt = performance.now();
    const preparing = language.prepare(code, setup, number, timeoutMs);
    const prepared = preparing instanceof Promise ? await this.#unlessStopped(preparing) : preparing;
    if (!prepared) return { error: crashError("it was stopped"), lost: false };
    if ("error" in prepared) return { error: prepared.error, lost: false };
    if (this.#exit) return { error: this.#exitError(this.#exit), lost: true };
    return await new Promise((resolve) => {
      const record = new RunRecord(limits, timeoutMs, events);
      const leftMs = timeoutMs - (performance.now() - startedAt);
      const meter = new RunMeter(leftMs, this.#busyMs, () => this.#demandEnd("late"));
      this.#idleMessages = 0;
      this.#run = { number, record, prepared, meter, resolve };
      this.#send({ type: "run", run: number, step: prepared.step, variables });
      if (this.#stopping) this.#demandEnd("stopped");
    });
  }

  /** Who stops a run does not wait for the parser. */
  async #unlessStopped<T>(work: Promise<T>): Promise<T | undefined> {
    const stopped = new Promise<undefined>((resolve) => {
      this.#onStop = () => resolve(undefined);
    });
    return await Promise.race([work, stopped]);
  }

  async ready(): Promise<boolean> {
    using _hold = this.#channel.hold();
    // One that has ended will not answer: nobody waits for that.
    if (this.#exit || this.#condemned) return false;
    return (await this.#recovery.recovered) && !this.#exit && !this.#condemned;
  }

  settle(answers: readonly CallAnswer[]): void {
    const run = this.#run;
    if (!run) return;
    const open = answers.filter(({ id }) => run.record.endCall(id));
    if (open.length > 0) this.#send({ type: "settle", answers: open });
    if (this.#channel.bufferedBytes > maxBufferedBytes) this.#kill("it does not take the answers to its calls");
  }

  setUntimed(inProgress: boolean): void {
    this.#run?.meter.setUntimed(inProgress);
  }

  stop(forGood = false): void {
    if (forGood && this.#run) this.#kill("it was stopped");
    else this.#demandEnd("stopped");
  }

  async dispose(): Promise<void> {
    this.#grace?.[Symbol.dispose]();
    await this.#channel.kill();
  }

  abandon(): Promise<void> {
    return this.dispose();
  }

  #send(message: ToGuest): void {
    this.#channel.send(JSON.stringify(message));
  }

  #receive(line: string): void {
    if (this.#condemned) return;
    const message = readFromGuest(line);
    if (!message) return this.#kill("it sent what is no message");
    if (message.type === "pong" && this.#pings.answered(message)) return;
    if (this.#ready) return this.#receiveSetup(message, this.#ready);
    if (this.#run) this.#receiveInRun(this.#run, message);
    else if (message.type === "ended" && this.#recovery.isUnwinding(message.run)) this.#endUnwinding(true);
    else this.#countIdle();
  }

  #receiveSetup(message: FromGuest, ready: SetupWaiter): void {
    if (message.type === "ready") ready.resolve();
    else if (message.type === "failed") {
      const subject = "the sandbox could not be set up with these modules, variables and limits";
      ready.reject(badOption(this.#options.sandbox, `${subject}: ${message.message}`));
    }
  }

  #receiveInRun(run: ChannelRun, message: FromGuest): void {
    const { record } = run;
    switch (message.type) {
      case "calls":
        if (message.calls.length === 0) this.#countIdle();
        for (const call of message.calls) this.#startCall(record, call);
        break;
      case "cancel":
        if (!record.cancelCall(message.id)) this.#countIdle();
        break;
      case "output":
        if (message.texts.length === 0) this.#countIdle();
        for (const text of message.texts) if (record.print(text) < 0) this.#countIdle();
        break;
      case "answer":
        if (this.#stopping === "answered") this.#countIdle();
        record.endWithAnswer(message.json);
        this.#demandEnd("answered");
        break;
      case "ended":
        if (message.run === run.number) this.#end(run, message);
        else this.#countIdle();
        break;
      default:
        this.#countIdle();
    }
    record.flush();
  }

  /** A call is answered, refused or passed on; one that no honest guest would make ends the guest. */
  #startCall(record: RunRecord, { id, name, args, undefinedAt }: CallRequest): void {
    if (record.end || this.#stopping) return this.#countIdle();
    const { functions, hasFetch } = this.#options.setup;
    if (!functions.includes(name) && !(hasFetch && name === fetchCall)) {
      return this.#kill(`it called ${JSON.stringify(name.slice(0, 100))}, which there is not`);
    }
    try {
      const refusal = record.startCall(id, name, args, undefinedAt);
      if (refusal === undefined) return;
      const json = JSON.stringify({
        name: "LimitError",
        message: `${name}: ${refusal}`,
        limit: "maxArgumentBytes",
      });
      this.#send({ type: "settle", answers: [{ id, ok: false, json }] });
    } catch (error) {
      if (!(error instanceof CallViolation)) throw error;
      this.#kill(error.message);
    }
  }

  #end(run: ChannelRun, message: Extract<FromGuest, { type: "ended" }>): void {
    const { record, prepared } = run;
    if (this.#stopping === "late") this.#endLate(run, message.busy === true);
    if (message.failure) {
      record.endWith({
        error: failureError(message.failure, prepared),
      });
    }
    record.endWithValue(message.json);
    this.#finish(run, false, message.atRest);
  }

  /** The run has to end now: a guest that does not see to it is killed. */
  #demandEnd(reason: "late" | "stopped" | "answered"): void {
    if (this.#stopping && this.#grace) return;
    this.#stopping ??= reason;
    const run = this.#run;
    if (!run) return this.#onStop?.();
    const { busyMs, latencyMs = busyMs ? 0 : this.#pings.fastestMs } = this.#channel;
    if (reason === "late") run.wasAtWork = this.#channel.isAtWork?.();
    if (reason !== "answered") {
      this.#send({ type: "stop", run: run.number });
      this.#channel.interrupt?.();
    }
    this.#grace = new Grace({
      latencyMs,
      busyMs: this.#busyMs,
      onDue: (isStuck) => this.#answer(run, isStuck),
      onOver: () => this.#kill("it did not come back from the run before"),
    });
  }

  /** The caller gets its answer, whether the guest has come back or not. */
  #answer(run: ChannelRun, isStuck: boolean): void {
    if (this.#stopping === "late") this.#endLate(run, true);
    if (isStuck) return this.#kill("it was stopped");
    run.record.endWith({ error: crashError("it was stopped") });
    this.#recovery.unwind(run.number);
    this.#tell(run, false);
  }

  /** The guest has come back from the run that had to end, or never will. */
  #endUnwinding(isBack: boolean): void {
    this.#endGrace();
    this.#recovery.unwound(isBack);
  }

  /** @param saysAtWork - What the guest says; the kernel knows better. */
  #endLate({ record, wasAtWork }: ChannelRun, saysAtWork: boolean): void {
    record.endWith({ error: record.timeoutError(!(wasAtWork ?? saysAtWork)) });
  }

  #finish(run: ChannelRun, lost: boolean, atRest = false): void {
    if (this.#run !== run) return;
    this.#endGrace();
    if (!lost) this.#recovery.begin(atRest);
    this.#tell(run, lost);
  }

  #tell(run: ChannelRun, lost: boolean): void {
    run.record.flush();
    this.#run = undefined;
    run.meter[Symbol.dispose]();
    run.resolve({ ...run.record.end, lost });
  }

  #endGrace(): void {
    this.#grace?.[Symbol.dispose]();
    this.#grace = undefined;
  }

  #countIdle(): void {
    this.#idleMessages += 1;
    if (this.#idleMessages > maxIdleMessages) this.#kill("it floods the channel");
  }

  /** Ends a guest that breaks the rules, or does not come back. */
  #kill(why: string): void {
    if (this.#condemned) return;
    this.#condemned = true;
    void this.#channel.kill();
    const run = this.#run;
    run?.record.endWith({ error: crashError(why) });
    if (run) this.#finish(run, true);
  }

  #onExit(exit: GuestExit): void {
    this.#exit = exit;
    this.#endUnwinding(false);
    const { sandbox } = this.#options;
    this.#ready?.reject(unavailable(sandbox, `the sandbox ended while it was set up: ${exitText(exit)}`));
    const run = this.#run;
    if (!run) return;
    if (this.#stopping === "late") this.#endLate(run, true);
    run.record.endWith({ error: this.#exitError(exit) });
    this.#finish(run, true);
  }

  #exitError(exit: GuestExit): RunError {
    return this.#options.language.exitError?.(exit, this.#options.setup.limits) ?? crashError(exitText(exit));
  }
}

function exitText({ code, signal, message, stderr }: GuestExit): string {
  const how = message ?? `it ended with ${signal ?? `code ${code ?? "unknown"}`}`;
  const said = stderr?.trim().split("\n").at(-1)?.slice(0, 300);
  return said ? `${how}: ${said}` : how;
}
