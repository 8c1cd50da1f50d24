import { mayBeGenericCall, type PreparedStep } from "../step/prepare-step.ts";
import { type ReplStep, replStep } from "./repl-step.ts";
import { StepThread } from "./step-thread.ts";

/** Source so short is parsed at once: nothing in it can take long, and the way to the thread and back would. */
const shortLength = 4000;
/** A step that takes longer has its thread to itself: those of other sandboxes must not wait for it. */
const slowMs = 300;
/** Longest delay that timers take. */
const maxDelayMs = 2 ** 31 - 1;
/** So many threads at most, the slow ones included: each may take much memory. */
const maxThreads = 8;

const tooLong: PreparedStep<ReplStep> = {
  error: { code: "SANDBOX_SYNTAX", name: "SyntaxError", message: "the code takes too long to parse" },
  broken: false,
};

/** A step that waits to be prepared, or is. */
interface Request {
  code: string;
  /** Set once its time is over. */
  isLate: boolean;
  /** The thread that is at work on it. */
  thread?: StepThread;
  resolve(prepared: PreparedStep<ReplStep>): void;
}

/** Prepares the steps of all sandboxes in a thread that they share; one that is too much for it gets one of its own. */
class StepPreparer {
  /** The thread for whatever comes next. */
  #thread: StepThread | undefined;
  #isBusy = false;
  /** Threads with a step that takes long. */
  #slow = 0;
  readonly #waiting = new Set<Request>();

  /** Starts the thread ahead of need. */
  warmUp(): void {
    this.#thread ??= new StepThread();
  }

  async prepare(code: string, timeoutMs: number): Promise<PreparedStep<ReplStep>> {
    const short = shortStep(code);
    if (short) return { step: short };
    let timer: NodeJS.Timeout | undefined;
    const prepared = new Promise<PreparedStep<ReplStep>>((resolve) => {
      const request: Request = { code, isLate: false, resolve };
      timer = setTimeout(() => this.#endLate(request), Math.min(timeoutMs, maxDelayMs));
      this.#waiting.add(request);
      this.#next();
    });
    try {
      return await prepared;
    } finally {
      clearTimeout(timer);
    }
  }

  #next(): void {
    const [request] = this.#waiting;
    if (!request || this.#isBusy || this.#slow >= maxThreads) return;
    this.#waiting.delete(request);
    void this.#perform(request, (this.#thread ??= new StepThread()));
  }

  async #perform(request: Request, thread: StepThread): Promise<void> {
    this.#isBusy = true;
    request.thread = thread;
    let isSlow = false;
    const slowTimer = setTimeout(() => {
      isSlow = true;
      this.#slow += 1;
      this.#giveUp(thread);
      this.#next();
    }, slowMs);
    const prepared = await thread.prepare(request.code);
    clearTimeout(slowTimer);
    request.resolve(request.isLate ? tooLong : prepared);
    if (isSlow) this.#slow -= 1;
    if (isSlow || request.isLate || ("error" in prepared && prepared.broken)) {
      this.#giveUp(thread);
      thread.end();
    } else {
      this.#isBusy = false;
    }
    this.#next();
  }

  #endLate(request: Request): void {
    request.isLate = true;
    if (request.thread) request.thread.end();
    else if (this.#waiting.delete(request)) request.resolve(tooLong);
  }

  #giveUp(thread: StepThread): void {
    if (this.#thread !== thread) return;
    this.#thread = undefined;
    this.#isBusy = false;
  }
}

/** The step, where it is short and plain JavaScript. */
function shortStep(code: string): ReplStep | undefined {
  if (code.length > shortLength || mayBeGenericCall(code)) return undefined;
  try {
    return replStep(code);
  } catch {
    // TypeScript, or wrong: the thread says which.
    return undefined;
  }
}

/** The one preparer of this process. */
export const stepPreparer: StepPreparer = new StepPreparer();
