/** Answers may be later than the fastest one by so much, or by half of its time, before they are a sign of work. */
const toleranceMs = 15;
/** Reading that comes later than this is not the same waiting any more: what happened in between is not known. */
const sameWaitingMs = 200;
/** A guest that does nothing is asked more and more rarely. */
const longestRestMs = 500;

/** What a guest answers when it is asked how busy it is. */
export interface Pong {
  id: number;
  /** The processor time that it has used, in milliseconds, where it tells. */
  busyMs?: number;
}

/**
 * Finds out how busy a guest is by asking it: one that is at work answers late. Where it tells its processor time, that
 * counts.
 *
 * A guest can deceive it in its own favour. It is for places whose processor time cannot be read from outside.
 */
export class PingMeter {
  readonly #send: (id: number, atRest: boolean) => void;
  #busyMs = 0;
  #nextId = 1;
  #fastestMs = Infinity;
  #open: { id: number; askedAt: number; resolve(): void } | undefined;
  #readAt = -Infinity;
  #answeredAt = -Infinity;
  #restMs = 0;

  constructor(send: (id: number, atRest: boolean) => void) {
    this.#send = send;
  }

  /** The time that the guest has been at work, in milliseconds; of the last question, when that was just now. */
  async read(): Promise<number> {
    const now = performance.now();
    const rests = now - this.#readAt < sameWaitingMs && now - this.#answeredAt < this.#restMs;
    this.#readAt = now;
    if (!rests) await this.#ask(false);
    return this.#busyMs;
  }

  /** Resolves when the guest has nothing to do. A later question takes the place of this one. */
  rest(): Promise<void> {
    return this.#ask(true);
  }

  #ask(atRest: boolean): Promise<void> {
    return new Promise((resolve) => {
      const id = this.#nextId++;
      this.#open = { id, askedAt: performance.now(), resolve };
      this.#send(id, atRest);
    });
  }

  /** The way there and back, as far as it is known; 0 until then. */
  get fastestMs(): number {
    return Number.isFinite(this.#fastestMs) ? this.#fastestMs : 0;
  }

  /** The guest has answered; false when that was not asked, or is not asked any more. */
  answered({ id, busyMs }: Pong): boolean {
    if (this.#open?.id !== id) return false;
    const { askedAt, resolve } = this.#open;
    this.#open = undefined;
    this.#answeredAt = performance.now();
    const before = this.#busyMs;
    const waitedMs = this.#answeredAt - askedAt;
    this.#fastestMs = Math.min(this.#fastestMs, waitedMs);
    this.#busyMs = busyMs === undefined ? this.#busyMs + this.#delay(waitedMs) : Math.max(this.#busyMs, busyMs);
    this.#restMs = this.#busyMs > before ? 0 : Math.min(longestRestMs, 50 + 2 * this.#restMs);
    resolve();
    return true;
  }

  /** How much longer than the way an answer took, when that is worth mentioning. */
  #delay(waitedMs: number): number {
    const delayMs = waitedMs - this.#fastestMs;
    return delayMs > Math.max(toleranceMs, this.#fastestMs / 2) ? delayMs : 0;
  }
}
