import { SandboxThread } from "./sandbox-thread.ts";

/** How long the start of spare threads waits, so that it does not slow down what the last sandbox was made for. */
const fillDelayMs = 50;

/** Threads that wait for the next sandbox, because starting one takes much longer than setting up an engine. */
export class ThreadPool {
  readonly #spare: number;
  #idle: SandboxThread[] = [];
  #starting = 0;
  #fillTimer: NodeJS.Timeout | undefined;

  /** @param spare - How many threads are started ahead of need; with 0 none is kept for a second use either. */
  constructor(spare: number) {
    this.#spare = spare;
  }

  /** A thread without an engine, for the caller alone. */
  async take(): Promise<SandboxThread> {
    const idle = this.#takeIdle();
    if (idle) return idle;
    const thread = await SandboxThread.start();
    using _hold = thread.hold();
    await thread.ready();
    return thread;
  }

  /** Starts threads in the background until enough are idle: not at once, while the machine has something to do. */
  fill(): void {
    if (this.#fillTimer) return;
    this.#fillTimer = setTimeout(() => {
      this.#fillTimer = undefined;
      this.#idle = this.#idle.filter((thread) => thread.alive);
      for (let missing = this.#spare - this.#idle.length - this.#starting; missing > 0; missing -= 1)
        void this.#startIdle();
    }, fillDelayMs).unref();
  }

  /** Takes back a thread whose engine was given up in good order. */
  giveBack(thread: SandboxThread): void {
    thread.listen(undefined);
    // One more than the spare ones: else a program that uses one sandbox after another would start a thread for each.
    if (thread.alive && this.#spare > 0 && this.#idle.length <= this.#spare) this.#idle.push(thread);
    else void thread.terminate();
  }

  #takeIdle(): SandboxThread | undefined {
    for (let thread = this.#idle.pop(); thread; thread = this.#idle.pop()) if (thread.alive) return thread;
    return undefined;
  }

  async #startIdle(): Promise<void> {
    this.#starting += 1;
    try {
      const thread = await SandboxThread.start();
      await thread.ready();
      this.giveBack(thread);
    } catch {
      // Whoever needs a thread next tries again, and is told what is wrong.
    } finally {
      this.#starting -= 1;
    }
  }
}
