import { HubServerError } from "./hub-server-error.ts";

interface Slots {
  taken: number;
  waiting: Set<() => void>;
}

/** Lets a limited number of tasks work on the same key at a time; the others wait in the order in which they came. */
export class KeyedSemaphore {
  readonly #keys = new Map<string, Slots>();
  readonly #concurrency: number;
  readonly #maxWaiting: number;

  /**
   * @param concurrency - How many may work on one key.
   * @param maxWaiting - How many may wait for one key.
   */
  constructor(concurrency: number, maxWaiting: number = Number.POSITIVE_INFINITY) {
    this.#concurrency = concurrency;
    this.#maxWaiting = maxWaiting;
  }

  /**
   * Waits for a turn. Disposing the result ends it.
   *
   * @throws HubServerError `HUB_BUSY` when too many wait already.
   * @throws The signal's reason when it is aborted while waiting.
   */
  async enter(key: string, signal?: AbortSignal): Promise<Disposable> {
    signal?.throwIfAborted();
    const slots = this.#keys.get(key) ?? { taken: 0, waiting: new Set() };
    this.#keys.set(key, slots);
    if (slots.taken < this.#concurrency) slots.taken += 1;
    else await this.#turn(key, slots, signal);
    let left = false;
    return {
      [Symbol.dispose]: () => {
        if (!left) this.#leave(key, slots);
        left = true;
      },
    };
  }

  #turn(key: string, slots: Slots, signal: AbortSignal | undefined): Promise<void> {
    if (slots.waiting.size >= this.#maxWaiting) {
      throw new HubServerError("HUB_BUSY", `Too many requests wait for ${key}: try again in a moment.`);
    }
    return new Promise((resolve, reject) => {
      const start = () => {
        signal?.removeEventListener("abort", giveUp);
        resolve();
      };
      const giveUp = () => {
        slots.waiting.delete(start);
        reject(signal?.reason);
      };
      slots.waiting.add(start);
      signal?.addEventListener("abort", giveUp, { once: true });
    });
  }

  #leave(key: string, slots: Slots): void {
    const [next] = slots.waiting;
    if (next) {
      // The slot goes over as it is: nobody who comes now can take it before the one who waited.
      slots.waiting.delete(next);
      next();
      return;
    }
    slots.taken -= 1;
    if (slots.taken === 0) this.#keys.delete(key);
  }
}
