import type { PingMeter } from "./ping-meter.ts";

/** How long a guest may take to be there again after a run. */
const recoveryMs = 1000;

/** A run whose caller has its answer, while the guest has not come back from it. */
interface Unwinding {
  number: number;
  resolve(isBack: boolean): void;
}

/** What a run leaves behind must not cost the next one its time: a guest that is kept busy is given up. */
export class Recovery {
  readonly #pings: PingMeter;
  readonly #onBusy: () => void;
  #recovered: Promise<boolean> = Promise.resolve(true);
  #unwinding: Unwinding | undefined;

  /** @param onBusy - Gives the guest up. */
  constructor(pings: PingMeter, onBusy: () => void) {
    this.#pings = pings;
    this.#onBusy = onBusy;
  }

  /** Whether the guest was there again after its last run; settles when that is known. */
  get recovered(): Promise<boolean> {
    return this.#recovered;
  }

  /** The guest has come back from a run, with nothing left behind or with what it says. */
  begin(atRest: boolean): void {
    this.#recovered = atRest ? Promise.resolve(true) : this.#settle();
  }

  /** The caller of a run has its answer, and the guest is still in it. */
  unwind(run: number): void {
    const back = new Promise<boolean>((resolve) => {
      this.#unwinding = { number: run, resolve };
    });
    this.#recovered = back.then((isBack) => isBack && this.#settle());
  }

  /** Whether the guest is still in this run. */
  isUnwinding(run: number): boolean {
    return this.#unwinding?.number === run;
  }

  /** The guest has come back from the run that it was still in, or never will. */
  unwound(isBack: boolean): void {
    this.#unwinding?.resolve(isBack);
    this.#unwinding = undefined;
  }

  async #settle(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const answered = await Promise.race([
      this.#pings.rest().then(() => true),
      new Promise<boolean>((resolve) => {
        timer = setTimeout(() => resolve(false), recoveryMs).unref();
      }),
    ]);
    clearTimeout(timer);
    if (!answered) this.#onBusy();
    return answered;
  }
}
