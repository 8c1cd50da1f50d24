/** Answers may be later than the fastest one by so much, or by half of its time, before they are a sign of work. */
const toleranceMs = 10;
/** Reading that comes later than this is not the same waiting any more: what happened in between is not known. */
const sameWaitingMs = 200;
/** Apart from the numbers of whoever else asks the guest. */
const firstId = 1_000_000_000;
/** A guest that does nothing is asked more and more rarely. */
const longestRestMs = 500;

/** What a guest answers when it is asked how busy it is. */
export interface Pong {
  id: number;
  /** The processor time that it has used, in milliseconds, where it tells. */
  busyMs?: number;
}

/**
 * Finds out how busy a guest is that is far away, by asking it. One that does not know its processor time counts as
 * busy for as long as its answers take longer than the way there and back.
 *
 * A guest can deceive it in its own favour.
 */
export class RemoteMeter {
  readonly #send: (id: number) => void;
  #busyMs = 0;
  #nextId = firstId;
  #fastestMs = Infinity;
  #open: { id: number; askedAt: number; resolve(busyMs: number): void } | undefined;
  #readAt = -Infinity;
  #answeredAt = -Infinity;
  #restMs = 0;

  constructor(send: (id: number) => void) {
    this.#send = send;
  }

  /** The time that the guest has been at work, in milliseconds; of the last question, when that was just now. */
  async read(): Promise<number> {
    const now = performance.now();
    const rests = now - this.#readAt < sameWaitingMs && now - this.#answeredAt < this.#restMs;
    this.#readAt = now;
    if (rests) return this.#busyMs;
    return await new Promise((resolve) => {
      const id = this.#nextId++;
      this.#open = { id, askedAt: performance.now(), resolve };
      this.#send(id);
    });
  }

  /** The way there and back, as far as it is known; 0 until then. */
  get fastestMs(): number {
    return Number.isFinite(this.#fastestMs) ? this.#fastestMs : 0;
  }

  /** The guest has answered; false when it was not asked here. */
  answered({ id, busyMs }: Pong): boolean {
    if (this.#open?.id !== id) return id >= firstId;
    const { askedAt, resolve } = this.#open;
    this.#open = undefined;
    this.#answeredAt = performance.now();
    const before = this.#busyMs;
    const waitedMs = this.#answeredAt - askedAt;
    this.#fastestMs = Math.min(this.#fastestMs, waitedMs);
    this.#busyMs = busyMs === undefined ? this.#busyMs + this.#delay(waitedMs) : Math.max(this.#busyMs, busyMs);
    this.#restMs = this.#busyMs > before ? 0 : Math.min(longestRestMs, 50 + 2 * this.#restMs);
    resolve(this.#busyMs);
    return true;
  }

  /** How much longer than the way an answer took, when that is worth mentioning. */
  #delay(waitedMs: number): number {
    const delayMs = waitedMs - this.#fastestMs;
    return delayMs > Math.max(toleranceMs, this.#fastestMs / 2) ? delayMs : 0;
  }
}
