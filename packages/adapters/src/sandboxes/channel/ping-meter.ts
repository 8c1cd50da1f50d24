/** Answers that come sooner are no sign of work: they are the time of the message itself. */
const promptMs = 15;

/**
 * Finds out how busy a guest is by asking: one that is at work answers late.
 *
 * A guest can deceive it in its own favour. It is for places whose processor time cannot be read from outside.
 */
export class PingMeter {
  readonly #send: (id: number) => void;
  #busyMs = 0;
  #nextId = 1;
  #waiting: { id: number; sentAt: number; resolve(busyMs: number): void } | undefined;

  constructor(send: (id: number) => void) {
    this.#send = send;
  }

  /** The time that the guest has been seen at work. */
  read(): Promise<number> {
    return new Promise((resolve) => {
      const id = this.#nextId++;
      this.#waiting = { id, sentAt: performance.now(), resolve };
      this.#send(id);
    });
  }

  /** The guest has answered; false when it was not asked. */
  answered(id: number): boolean {
    if (this.#waiting?.id !== id) return false;
    const { sentAt, resolve } = this.#waiting;
    this.#waiting = undefined;
    const waitedMs = performance.now() - sentAt;
    if (waitedMs > promptMs) this.#busyMs += waitedMs;
    resolve(this.#busyMs);
    return true;
  }
}
