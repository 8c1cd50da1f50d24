import type { ChannelListener, GuestExit } from "./guest-channel.ts";

/** So many messages of a guest that nobody listens to yet are kept. */
const maxEarly = 100;

/** What a guest says on its way to whoever listens: kept until somebody does, its end told once. */
export class Inbox {
  #listener: ChannelListener | undefined;
  #early: string[] = [];
  #exit: GuestExit | undefined;

  /** How the guest ended, once it has. */
  get exit(): GuestExit | undefined {
    return this.#exit;
  }

  listen(listener: ChannelListener): void {
    this.#listener = listener;
    const early = this.#early;
    this.#early = [];
    for (const line of early) listener.onMessage(line);
    if (this.#exit) listener.onExit(this.#exit);
  }

  /** @returns False when nobody listens and more has come than is kept: no honest guest speaks before it is asked. */
  receive(line: string): boolean {
    if (this.#listener) this.#listener.onMessage(line);
    else if (this.#early.length < maxEarly) this.#early.push(line);
    else return false;
    return true;
  }

  /** The guest has ended, unless it is known already. */
  end(exit: GuestExit): void {
    if (this.#exit) return;
    this.#exit = exit;
    this.#listener?.onExit(exit);
  }
}
