import { Worker } from "node:worker_threads";
import { errorMessage } from "@smoltools/core";
import type { ChannelListener, GuestChannel, GuestExit } from "../channel/guest-channel.ts";

/** A guest in a thread of this process. */
export class ThreadChannel implements GuestChannel {
  /** Messages are handed over as they are sent. */
  readonly bufferedBytes = 0;
  readonly #worker: Worker;
  readonly #exited: Promise<void>;
  #listener: ChannelListener | undefined;
  #early: string[] = [];
  #exit: GuestExit | undefined;
  #holds = 0;

  constructor(program: URL) {
    this.#worker = new Worker(program, {
      name: "smoltools-unsafe-in-process",
      execArgv: ["--disable-warning=ExperimentalWarning"],
      stdout: true,
      stderr: true,
    });
    this.#worker.on("message", (line: string) => {
      if (this.#listener) this.#listener.onMessage(line);
      else this.#early.push(line);
    });
    let failure: string | undefined;
    this.#worker.on("error", (error) => (failure = errorMessage(error)));
    this.#exited = new Promise((resolve) => {
      this.#worker.once("exit", (code) => {
        this.#exit = failure === undefined ? { code } : { message: failure, stderr: failure };
        this.#listener?.onExit(this.#exit);
        resolve();
      });
    });
    this.#worker.unref();
  }

  listen(listener: ChannelListener): void {
    this.#listener = listener;
    const early = this.#early;
    this.#early = [];
    for (const line of early) listener.onMessage(line);
    if (this.#exit) listener.onExit(this.#exit);
  }

  send(line: string): void {
    this.#worker.postMessage(line, []);
  }

  async kill(): Promise<void> {
    await this.#worker.terminate();
    await this.#exited;
  }

  hold(): Disposable {
    this.#holds += 1;
    this.#worker.ref();
    return {
      [Symbol.dispose]: () => {
        this.#holds -= 1;
        if (this.#holds === 0) this.#worker.unref();
      },
    };
  }

  busyMs(): number {
    return this.#worker.performance.eventLoopUtilization().active;
  }
}
