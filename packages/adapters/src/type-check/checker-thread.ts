import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from "node:worker_threads";
import type { CodeFinding } from "@smoltools/core";
import { atExit } from "./at-exit.ts";
import { type Answer, type FromWorker, shared, type ToWorker, type WorkerData } from "./protocol.ts";

/** Why TypeScript could not be loaded in the thread. */
export class TypeScriptUnavailable extends Error {
  readonly code: string | undefined;

  constructor(message: string, code: string | undefined) {
    super(message);
    this.code = code;
  }
}

/** How long the thread may take to see that its process has ended. */
const endMs = 1000;
/** For syntax trees and types on their way; the checker's own memory is that of its process. */
const maxOldGenerationSizeMb = 256;

/**
 * A worker thread with a TypeScript process of its own.
 *
 * TypeScript's interface is synchronous and cannot be interrupted. In a thread it can be waited for with a time limit,
 * and ended. The thread never keeps the process alive, but while something is opened.
 */
export class CheckerThread {
  readonly #worker: Worker;
  readonly #answers: MessagePort;
  readonly #shared = new Int32Array(new SharedArrayBuffer(4 * shared.length));
  readonly #opening = new Map<number, () => void>();
  #questions = 0;
  #ended: Error | undefined;
  #onEnd: (error: Error) => void = () => {};
  /** Settles when the thread has ended, with the reason. */
  readonly #end: Promise<Error>;
  readonly #forgetExit: () => void;

  constructor() {
    const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
    const { port1, port2 } = new MessageChannel();
    this.#answers = port1;
    this.#end = new Promise((resolve) => {
      this.#onEnd = resolve;
    });
    const { SystemRoot } = process.env;
    const workerData: WorkerData = { shared: this.#shared, answers: port2 };
    this.#worker = new Worker(new URL(`./worker/worker.${extension}`, import.meta.url), {
      name: "smoltools-type-check",
      workerData,
      transferList: [port2],
      // Nothing of the process reaches the checker, and nothing that is printed there reaches the process.
      env: SystemRoot === undefined ? {} : { SystemRoot },
      argv: [],
      execArgv: [],
      stdin: false,
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb },
    });
    this.#worker.on("message", (message: FromWorker) => {
      if (message.type === "opened") this.#opening.get(message.conversation)?.();
      else this.#hasEnded(new TypeScriptUnavailable(message.message, message.code));
    });
    this.#worker.on("error", (error: Error) => this.#hasEnded(error));
    this.#worker.on("exit", (code) => this.#hasEnded(new Error(`the worker thread ended with code ${code}`)));
    // Its input is closed then, but that does not end every process: one was seen to stay.
    this.#forgetExit = atExit(this.#killProcess);
    // After the listeners: adding one makes the process wait for messages again.
    this.#worker.unref();
    this.#answers.unref();
  }

  get alive(): boolean {
    return this.#ended === undefined;
  }

  /** Sends what needs no answer. A thread that has ended takes no notice. */
  post(message: ToWorker): void {
    this.#worker.postMessage(message, []);
  }

  /**
   * Opens a conversation and waits for it, without blocking.
   *
   * @throws TypeScriptUnavailable, or the error that ended the thread.
   */
  async open(message: Extract<ToWorker, { type: "open" }>): Promise<void> {
    const { conversation } = message;
    const opened = new Promise<undefined>((resolve) => this.#opening.set(conversation, () => resolve(undefined)));
    this.post(message);
    this.#worker.ref();
    try {
      const failure = await Promise.race([opened, this.#end]);
      if (failure) throw failure;
    } finally {
      this.#opening.delete(conversation);
      if (this.#opening.size === 0) this.#worker.unref();
    }
  }

  /**
   * Asks for the findings of a piece of code and blocks until they are there.
   *
   * @param timeoutMs - How long to wait at most. A thread that takes longer is ended.
   * @returns `undefined` when the checker failed or took too long.
   */
  ask(conversation: number, code: string, timeoutMs: number): CodeFinding[] | undefined {
    this.#questions += 1;
    const question = this.#questions;
    this.post({ type: "findings", conversation, question, code });
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const seen = Atomics.load(this.#shared, shared.answers);
      const answer = this.#answerTo(question);
      if (answer) return answer.findings;
      const leftMs = deadline - performance.now();
      if (leftMs <= 0 || !this.alive || Atomics.load(this.#shared, shared.ended) === 1) return undefined;
      Atomics.wait(this.#shared, shared.answers, seen, leftMs);
    }
  }

  /** Ends the thread and its process, whatever they are doing. Doing so twice does nothing. */
  end(): void {
    this.#hasEnded(new Error("the checker was ended"));
  }

  #answerTo(question: number): Answer | undefined {
    for (;;) {
      const received: { message: Answer } | undefined = receiveMessageOnPort(this.#answers);
      if (!received || received.message.question === question) return received?.message;
    }
  }

  #hasEnded(reason: Error): void {
    if (this.#ended) return;
    this.#ended = reason;
    this.#onEnd(reason);
    this.#answers.close();
    const hasProcess = this.#killProcess();
    this.#forgetExit();
    // The thread ends by itself once it has seen its process end; before, that would stay as a zombie.
    setTimeout(() => void this.#worker.terminate(), hasProcess ? endMs : 0).unref();
  }

  /** @returns Whether there is a process. */
  readonly #killProcess = (): boolean => {
    const pid = Atomics.load(this.#shared, shared.pid);
    if (pid <= 0) return false;
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has ended already.
    }
    return true;
  };
}
