import { Worker } from "node:worker_threads";
import { defaultSandboxLimits } from "@smoltools/core";
import { Holds } from "../channel/holds.ts";
import { threadBusyMs } from "../channel/process-status.ts";
import type { FromWorker, ToWorker, WorkerData } from "./protocol.ts";
import { quickJsWasm } from "./wasm-module.ts";

/** Who hears what a thread says. One at a time. */
interface ThreadListener {
  onMessage(message: FromWorker): void;
  /** The thread has ended, whoever wanted it to. */
  onExit(reason: Error): void;
}

/** So large that QuickJS's own limit is reached first, even by the deepest recursion of its parser. */
const stackSizeMb = 16;
/** How long a thread may take to start: a safeguard for a machine in trouble. */
const startMs = 30_000;
/** For the source's syntax tree, and values on their way; the values of the code are in WebAssembly memory. */
const maxOldGenerationSizeMb = 1024;

/** What engines begin as, once a thread has made it. */
let engineImage: WorkerData["image"];

/** A worker thread that can hold one engine. It keeps the process alive only while it is held. */
export class SandboxThread {
  readonly #worker: Worker;
  readonly #started: Promise<void>;
  readonly #holds = new Holds((isHeld) => (isHeld ? this.#worker.ref() : this.#worker.unref()));
  #exited: Error | undefined;
  /** Its number among the threads of the process, where that is known. */
  #number: number | undefined;
  #listener: ThreadListener | undefined;

  private constructor(wasmModule: WebAssembly.Module) {
    const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
    this.#worker = new Worker(new URL(`./worker/worker.${extension}`, import.meta.url), {
      name: "smoltools-quickjs",
      workerData: {
        wasmModule,
        image: engineImage,
        usualBytes: defaultSandboxLimits.memoryBytes,
      } satisfies WorkerData,
      // Nothing of the process reaches the worker, and nothing that is printed there reaches the process.
      env: {},
      argv: [],
      execArgv: [],
      stdin: false,
      stdout: true,
      stderr: true,
      resourceLimits: { stackSizeMb, maxOldGenerationSizeMb },
    });
    this.#started = new Promise((resolve, reject) => {
      let failure: Error | undefined;
      const giveUp = setTimeout(() => void this.terminate(), startMs).unref();
      this.#worker.on("message", (message: FromWorker) => {
        if (message.type === "started") {
          clearTimeout(giveUp);
          engineImage ??= message.image;
          this.#number = message.thread;
          resolve();
        } else this.#listener?.onMessage(message);
      });
      this.#worker.on("error", (error: Error) => {
        failure = error;
      });
      this.#worker.on("exit", (code) => {
        clearTimeout(giveUp);
        this.#exited = failure ?? new Error(`the worker thread ended with code ${code}`);
        reject(this.#exited);
        this.#listener?.onExit(this.#exited);
      });
    });
    // Whoever waits for the start gets the error; nobody has to.
    this.#started.catch(() => {});
    // After the listeners: adding one makes the process wait for messages again.
    this.#worker.unref();
  }

  static async start(): Promise<SandboxThread> {
    return new SandboxThread(await quickJsWasm());
  }

  /** Waits until the thread can take messages. */
  async ready(): Promise<void> {
    await this.#started;
  }

  get alive(): boolean {
    return this.#exited === undefined;
  }

  /** Sets who hears the thread, or nobody. */
  listen(listener: ThreadListener | undefined): void {
    this.#listener = listener;
  }

  post(message: ToWorker): void {
    this.#worker.postMessage(message, []);
  }

  /** The processor time that it has used, in milliseconds; always 0 where the system does not tell. */
  busyMs(): number {
    return this.#number === undefined || !this.alive ? 0 : threadBusyMs("self", this.#number);
  }

  /** Keeps the process alive until the hold is given back. */
  hold(): Disposable {
    return this.#holds.take();
  }

  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }
}
