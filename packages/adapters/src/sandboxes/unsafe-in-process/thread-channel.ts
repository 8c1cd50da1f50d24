import { Worker } from "node:worker_threads";
import { errorMessage } from "@smoltools/core";
import type { ChannelListener, GuestChannel } from "../channel/guest-channel.ts";
import { Holds } from "../channel/holds.ts";
import { Inbox } from "../channel/inbox.ts";

/** A guest in a thread of this process. */
export class ThreadChannel implements GuestChannel {
  /** Messages are handed over as they are sent. */
  readonly bufferedBytes = 0;
  readonly #worker: Worker;
  readonly #exited: Promise<void>;
  readonly #inbox = new Inbox();
  readonly #holds: Holds;

  constructor(program: URL) {
    this.#worker = new Worker(program, {
      name: "smoltools-unsafe-in-process",
      execArgv: ["--disable-warning=ExperimentalWarning", "--experimental-vm-modules"],
      stdout: true,
      stderr: true,
    });
    this.#holds = new Holds((isHeld) => (isHeld ? this.#worker.ref() : this.#worker.unref()));
    this.#worker.on("message", (line: string) => void this.#inbox.receive(line));
    let failure: string | undefined;
    this.#worker.on("error", (error) => (failure = errorMessage(error)));
    this.#exited = new Promise((resolve) => {
      this.#worker.once("exit", (code) => {
        this.#inbox.end(failure === undefined ? { code } : { message: failure, stderr: failure });
        resolve();
      });
    });
    this.#worker.unref();
  }

  listen(listener: ChannelListener): void {
    this.#inbox.listen(listener);
  }

  send(line: string): void {
    this.#worker.postMessage(line, []);
  }

  async kill(): Promise<void> {
    await this.#worker.terminate();
    await this.#exited;
  }

  hold(): Disposable {
    return this.#holds.take();
  }

  busyMs(): number {
    return this.#worker.performance.eventLoopUtilization().active;
  }
}
