import type { ChannelListener, GuestChannel, GuestExit } from "../channel/guest-channel.ts";
import type { ToGuest } from "../channel/messages.ts";

/** A guest that says what a test wants it to say, in memory. */
export class ScriptedChannel implements GuestChannel {
  /** What the sandbox has told the guest. */
  readonly sent: ToGuest[] = [];
  bufferedBytes = 0;
  /** Whether the sandbox has ended it. */
  killed = false;
  interrupts = 0;
  #listener: ChannelListener | undefined;
  #exit: GuestExit | undefined;
  #holds = 0;
  readonly #react: (message: ToGuest, channel: ScriptedChannel) => void;

  /** @param react - What the guest does when it is told something. */
  constructor(react: (message: ToGuest, channel: ScriptedChannel) => void) {
    this.#react = react;
  }

  /** How many keep the host's process alive for it. */
  get holds(): number {
    return this.#holds;
  }

  listen(listener: ChannelListener): void {
    this.#listener = listener;
    if (this.#exit) listener.onExit(this.#exit);
  }

  send(line: string): void {
    if (this.#exit) return;
    const message = JSON.parse(line) as ToGuest;
    this.sent.push(message);
    queueMicrotask(() => this.#react(message, this));
  }

  /** Says something: messages, or lines that may be none. */
  say(...messages: readonly unknown[]): void {
    for (const message of messages) {
      if (!this.#exit) this.#listener?.onMessage(typeof message === "string" ? message : JSON.stringify(message));
    }
  }

  /** Ends by itself. */
  end(exit: GuestExit): void {
    if (this.#exit) return;
    this.#exit = exit;
    this.#listener?.onExit(exit);
  }

  async kill(): Promise<void> {
    this.killed = true;
    // Killing takes a moment, in which the guest is still heard.
    await Promise.resolve();
    this.end({ signal: "SIGKILL" });
  }

  interrupt(): void {
    this.interrupts += 1;
  }

  hold(): Disposable {
    this.#holds += 1;
    return {
      [Symbol.dispose]: () => {
        this.#holds -= 1;
      },
    };
  }
}
