import type { RunError } from "@smoltools/core";
import type { CallAnswer, Engine, EngineRun, EngineSetup, RunEvents, RunOutcome } from "../engine/engine.ts";
import { Grace } from "../engine/grace.ts";
import { crashError } from "../engine/run-error.ts";
import { badOption, unavailable } from "../engine/sandbox-errors.ts";
import type { FromWorker, SavedEngine, ToWorker, WorkerSetup } from "./protocol.ts";
import type { SandboxThread } from "./sandbox-thread.ts";
import type { ThreadPool } from "./thread-pool.ts";

/** How long a worker may take to give up an engine before its thread is ended. */
const disposalMs = 200;
/** How often a worker is looked at whose clock stands still. */
const lookMs = 75;
/** How long an engine may take to be set up: a safeguard, since no code runs meanwhile. */
const setupMs = 30_000;
/** Longest delay that timers take. */
const maxDelayMs = 2 ** 31 - 1;

type Reply = Extract<FromWorker, { type: "created" | "failed" | "ended" | "disposed" }>;

/** One engine, as the thread of the caller sees it. */
export class EngineClient implements Engine {
  readonly #pool: ThreadPool;
  readonly #setup: WorkerSetup;
  #thread: SandboxThread;
  #events: RunEvents | undefined;
  #pending: { resolve(reply: Reply): void; reject(error: Error): void } | undefined;
  #lateTimer: NodeJS.Timeout | undefined;
  #grace: Grace | undefined;
  /** Gives the caller of the run in progress its answer before the worker has come back. */
  #answer: ((outcome: RunOutcome) => void) | undefined;
  #killed = false;
  /** The engine as it was at the end of the last run, if that is kept. */
  #saved: SavedEngine | undefined;
  /** Whether there is an engine to go on with, once the last run has come to its end. */
  #isBack: Promise<boolean> = Promise.resolve(true);

  private constructor(pool: ThreadPool, thread: SandboxThread, setup: WorkerSetup) {
    this.#pool = pool;
    this.#thread = thread;
    this.#setup = setup;
  }

  /**
   * Sets up an engine in a thread of the pool.
   *
   * @param snapshots - Whether it survives the loss of its thread, as it was at the end of the last run.
   * @throws SandboxError `SANDBOX_UNAVAILABLE` when there can be no thread; `SANDBOX_BAD_OPTIONS` when the variables
   *   do not fit the memory.
   */
  static async create(pool: ThreadPool, engineSetup: EngineSetup, snapshots: boolean): Promise<EngineClient> {
    const setup: WorkerSetup = {
      ...engineSetup,
      stop: new Int32Array(new SharedArrayBuffer(4)),
      stoodStillMs: new BigInt64Array(new SharedArrayBuffer(8)),
      snapshots,
    };
    const thread = await pool.take().catch((cause: unknown) => {
      throw unavailable("quickjs", "the worker thread of QuickJS did not start: see the cause", cause);
    });
    const client = new EngineClient(pool, thread, setup);
    const reply = await client.#setUp().catch((cause: unknown) => {
      throw unavailable(
        "quickjs",
        "the worker thread of QuickJS ended while the engine was set up: see the cause",
        cause,
      );
    });
    if (reply.type === "created") return client;
    await client.abandon();
    const why = reply.type === "failed" ? reply.message : "unexpected reply";
    throw badOption("quickjs", `the sandbox could not be set up with these modules, variables and limits: ${why}`);
  }

  /** Runs a step. Whatever happens inside, there is an outcome. */
  async run(run: EngineRun, events: RunEvents): Promise<RunOutcome> {
    this.#events = events;
    const performed = this.#perform(run);
    this.#isBack = performed.then(({ lost }) => !lost || this.#recover());
    const answered = new Promise<RunOutcome>((resolve) => {
      this.#answer = resolve;
    });
    const outcome = await Promise.race([performed, answered]);
    this.#events = undefined;
    // What was saved is there again by the next run; should that fail, the next run tells it.
    return outcome.lost && this.#saved ? { ...outcome, lost: false } : outcome;
  }

  /** Waits for the worker that had to end its run, or for the one that takes its place. */
  async ready(): Promise<boolean> {
    return await this.#isBack;
  }

  async #perform({ code, variables, timeoutMs }: EngineRun): Promise<RunOutcome> {
    this.#watchTime(timeoutMs);
    try {
      const reply = await this.#ask({ type: "run", code, variables, timeoutMs });
      if (reply.type === "ended") return reply.outcome;
      throw new Error("unexpected reply");
    } catch (reason) {
      return { error: this.#killed ? killedError(timeoutMs) : exitError(reason), lost: true };
    } finally {
      clearTimeout(this.#lateTimer);
      this.#grace?.[Symbol.dispose]();
      this.#grace = undefined;
      Atomics.store(this.#setup.stop, 0, 0);
    }
  }

  /** Takes another thread after a loss, and goes on there from the end of the last run; false when that cannot be. */
  async #recover(): Promise<boolean> {
    const saved = this.#saved;
    if (!saved) return false;
    await this.abandon();
    try {
      this.#thread = await this.#pool.take();
      this.#killed = false;
      this.#pool.fill();
      return (await this.#setUp(saved)).type === "created";
    } catch {
      return false;
    }
  }

  async #setUp(saved?: SavedEngine): Promise<Reply> {
    this.#thread.listen({
      onMessage: (message) => this.#receive(message),
      onExit: (reason) => this.#pending?.reject(reason),
    });
    const timer = setTimeout(() => this.#kill(), setupMs);
    try {
      return await this.#ask({ type: "create", setup: this.#setup, ...(saved && { saved }) });
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends the run in progress, if there is one. */
  stop(): void {
    if (this.#events) this.#demandEnd(crashError("it was stopped"));
  }

  settle(answers: readonly CallAnswer[]): void {
    this.#thread.post({ type: "settle", answers });
  }

  setUntimed(inProgress: boolean): void {
    this.#thread.post({ type: "untimed", inProgress });
  }

  /** Gives up the engine, and the thread back to the pool. */
  async dispose(): Promise<void> {
    if (!(await this.#isBack) || !this.#thread.alive) return;
    const timer = setTimeout(() => this.#kill(), disposalMs);
    try {
      await this.#ask({ type: "dispose" });
      this.#pool.giveBack(this.#thread);
    } catch {
      // The thread has ended, and the engine with it.
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends the thread: a worker whose engine failed is not used again. */
  async abandon(): Promise<void> {
    this.#thread.listen(undefined);
    await this.#thread.terminate();
  }

  async #ask(message: ToWorker): Promise<Reply> {
    using _hold = this.#thread.hold();
    return await new Promise<Reply>((resolve, reject) => {
      this.#pending = { resolve, reject };
      if (this.#thread.alive) this.#thread.post(message);
      else reject(new Error("the worker thread has ended"));
    });
  }

  #receive(message: FromWorker): void {
    if (message.type === "calls") this.#events?.onCalls(message.calls);
    else if (message.type === "cancel") this.#events?.onCancel(message.id);
    else if (message.type === "output") this.#events?.onOutput(message.texts);
    else if (message.type === "saved") this.#saved = message.engine;
    else if (message.type !== "started") {
      // Until the state after the run is saved too, there is none to go back to.
      if (message.type === "ended" && !message.outcome.lost) this.#saved = undefined;
      this.#pending?.resolve(message);
    }
  }

  /** Sees to a worker that goes on after its run's time, which the worker may have let stand still. */
  #watchTime(timeoutMs: number): void {
    const { stoodStillMs } = this.#setup;
    Atomics.store(stoodStillMs, 0, 0n);
    const startedAt = performance.now();
    const look = (): void => {
      const stoodStill = Number(Atomics.load(stoodStillMs, 0));
      const leftMs = stoodStill < 0 ? lookMs : startedAt + timeoutMs + stoodStill - performance.now();
      if (leftMs <= 0) this.#demandEnd(lateError(timeoutMs));
      else this.#lateTimer = setTimeout(look, Math.min(leftMs, maxDelayMs));
    };
    look();
  }

  /**
   * The worker ends its run by itself now, if it can.
   *
   * @param error - What the caller is told when it does not.
   */
  #demandEnd(error: RunError): void {
    if (this.#grace) return;
    Atomics.store(this.#setup.stop, 0, 1);
    this.#thread.post({ type: "stop" });
    this.#grace = new Grace({
      busyMs: () => this.#thread.busyMs(),
      onDue: (isStuck) => {
        if (isStuck) this.#kill();
        this.#answer?.({ error, lost: isStuck });
      },
      onOver: () => this.#kill(),
    });
  }

  #kill(): void {
    this.#killed = true;
    void this.#thread.terminate();
  }
}

function lateError(timeoutMs: number): RunError {
  return { code: "SANDBOX_TIMEOUT", name: "TimeoutError", message: `the code took longer than ${timeoutMs} ms` };
}

function killedError(timeoutMs: number): RunError {
  const message = `the code took longer than ${timeoutMs} ms in an operation that cannot be interrupted`;
  return { code: "SANDBOX_TIMEOUT", name: "TimeoutError", message };
}

function exitError(reason: unknown): RunError {
  if (reason instanceof Error && "code" in reason && reason.code === "ERR_WORKER_OUT_OF_MEMORY") {
    const message = "the code made the engine's thread run out of memory";
    return { code: "SANDBOX_MEMORY", name: "EngineError", message };
  }
  return crashError(reason);
}
