import { type BusyMs, WorkSpan } from "./work-span.ts";

/** How long a run's caller waits once the run has to end, besides the way to the guest and back. */
const answerMs = 70;
/** How long it may take to find out how much the guest worked, and to hear what it has said already. */
const readMs = 5;
/** Work with which a guest that is able to would have come back. */
const enoughMs = 30;
/** How long a guest that could not work may take to come back after the caller has its answer. */
const patienceMs = 1000;

/** Who waits for a guest to come back from a run that has to end. */
export interface GraceOptions {
  /** How long a message takes to the guest, and its answer back. Default 0. */
  latencyMs?: number | undefined;
  busyMs: BusyMs;
  /**
   * The caller waits no longer.
   *
   * @param stuck - The guest has been at work all the time: it will not come back.
   */
  onDue(stuck: boolean): void;
  /** A guest that was not stuck has not come back all the same. */
  onOver(): void;
}

/**
 * The time that a guest gets to come back from a run that has to end.
 *
 * Two clocks run: that of the caller, who gets an answer soon, whatever the guest does; and that of the guest, of which
 * only its own work counts. On a machine that is busy with other things, a guest that would stop at once may not get to
 * it for a while: it is waited for, behind the caller's back, rather than thrown away with its variables.
 */
export class Grace implements Disposable {
  readonly #options: GraceOptions;
  readonly #span: WorkSpan;
  #timer: NodeJS.Timeout;
  #isOver = false;

  constructor(options: GraceOptions) {
    this.#options = options;
    this.#span = new WorkSpan(options.busyMs);
    void this.#span.measure();
    this.#timer = setTimeout(() => this.#read(), answerMs + 3 * (options.latencyMs ?? 0));
  }

  /** The guest is back. */
  [Symbol.dispose](): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  #read(): void {
    void this.#span.measure();
    this.#timer = setTimeout(() => this.#answer(), readMs);
  }

  #answer(): void {
    const stuck = this.#span.workedMs >= enoughMs;
    this.#options.onDue(stuck);
    if (this.#isOver) return;
    if (stuck) this[Symbol.dispose]();
    else this.#timer = setTimeout(() => this.#options.onOver(), patienceMs).unref();
  }
}
