import { type BusyMs, WorkSpan } from "../engine/work-span.ts";

/** Between two looks at what the guest does while its clock stands still. */
const lookMs = 50;
/** Longest delay that timers take. */
const maxDelayMs = 2 ** 31 - 1;

/**
 * The time that a run has.
 *
 * All time counts, except that during untimed work only the guest's own work does: so code that computes while a
 * person thinks is late all the same.
 */
export class RunMeter implements Disposable {
  readonly #busyMs: BusyMs;
  readonly #onLate: () => void;
  #leftMs: number;
  #startedAt: number = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #untimed: WorkSpan | undefined;
  #over = false;

  constructor(timeoutMs: number, busyMs: BusyMs, onLate: () => void) {
    this.#leftMs = timeoutMs;
    this.#busyMs = busyMs;
    this.#onLate = onLate;
    this.#wait();
  }

  /** Untimed work has begun, or all of it is over. */
  setUntimed(inProgress: boolean): void {
    if (this.#over || inProgress === (this.#untimed !== undefined)) return;
    clearTimeout(this.#timer);
    if (inProgress) {
      this.#leftMs -= performance.now() - this.#startedAt;
      this.#untimed = new WorkSpan(this.#busyMs);
      this.#look(this.#untimed);
    } else {
      this.#leftMs -= this.#untimed?.workedMs ?? 0;
      this.#untimed = undefined;
      this.#startedAt = performance.now();
      this.#wait();
    }
  }

  [Symbol.dispose](): void {
    this.#over = true;
    clearTimeout(this.#timer);
  }

  #wait(): void {
    const left = this.#leftMs - (performance.now() - this.#startedAt);
    if (left <= 0) this.#timer = setTimeout(() => this.#late(), 0);
    else this.#timer = setTimeout(() => this.#wait(), Math.min(Math.ceil(left), maxDelayMs));
  }

  #look(span: WorkSpan): void {
    if (span.workedMs >= this.#leftMs) return this.#late();
    void span.measure();
    this.#timer = setTimeout(() => this.#look(span), lookMs);
  }

  #late(): void {
    if (this.#over) return;
    this[Symbol.dispose]();
    this.#onLate();
  }
}
