import type { Buffer } from "node:buffer";
import type { Socket } from "node:net";
import { constants } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import type { ChannelListener, GuestChannel, GuestExit } from "../channel/guest-channel.ts";
import { LineSplitter } from "../channel/line-splitter.ts";
import { FrameSplitter } from "./frame-splitter.ts";

/** How much of standard error is kept, in characters. */
const keptStderr = 4000;
/** How much may come on standard error in the life of a guest: what is over can only be meant to keep the host busy. */
const maxStderrBytes = 64 * 1024 * 1024;
/** So many messages are kept while nobody hears them. */
const maxEarly = 1000;
/** How long the end of the streams and the exit status wait for each other. */
const settleMs = 2000;
/** Exit statuses of a container whose program is not there, or cannot be run. */
const noProgram: ReadonlySet<number> = new Set([126, 127]);
/** Exit statuses above it stand for signals. */
const signalBase = 128;

/** How to talk to a guest in a container. */
export interface ContainerChannelOptions {
  /** The attached streams. */
  stream: Socket;
  /** Resolves with the exit status when the container has ended. */
  ended: Promise<number>;
  /** Kills the container and waits until it is gone. */
  remove(): Promise<void>;
  /** What must be in the image. */
  needs: string;
  /** Longest message that is taken, in bytes. */
  maxMessageBytes: number;
  /** How long a message takes to the daemon, and its answer back. */
  latencyMs: number;
  busyMs?: () => Promise<number>;
}

/** A guest in a container, which lives no longer than the guest. */
export class ContainerChannel implements GuestChannel {
  readonly latencyMs: number;
  readonly busyMs?: () => Promise<number>;
  readonly #options: ContainerChannelOptions;
  readonly #lines: LineSplitter;
  #listener: ChannelListener | undefined;
  #early: string[] = [];
  #spoke = false;
  #stderr = "";
  #stderrBytes = 0;
  /** Why the guest is ended from here, once it is: nothing that it says then counts. */
  #ending: string | undefined;
  #exit: GuestExit | undefined;
  #removal: Promise<void> | undefined;
  #holds = 0;
  readonly #over: Promise<void>;

  constructor(options: ContainerChannelOptions) {
    this.#options = options;
    this.latencyMs = options.latencyMs;
    if (options.busyMs) this.busyMs = options.busyMs;
    const { stream, maxMessageBytes } = options;
    this.#lines = new LineSplitter(maxMessageBytes, (line) => this.#receive(line));
    const frames = new FrameSplitter((from, bytes) => {
      if (from === "stdout") this.#onOutput(bytes);
      else this.#onErrorOutput(bytes);
    });
    const closed = new Promise<void>((resolve) => {
      stream.once("close", resolve);
    });
    stream.on("data", (chunk: Buffer) => frames.push(chunk));
    // The daemon ends its side when the container has ended; errors of the connection show as its close.
    stream.on("end", () => stream.destroy());
    stream.on("error", () => undefined);
    this.#over = this.#watch(closed);
    stream.unref();
  }

  get bufferedBytes(): number {
    return this.#options.stream.writableLength;
  }

  listen(listener: ChannelListener): void {
    this.#listener = listener;
    const early = this.#early;
    this.#early = [];
    for (const line of early) listener.onMessage(line);
    if (this.#exit) listener.onExit(this.#exit);
  }

  send(line: string): void {
    if (this.#options.stream.writable) this.#options.stream.write(`${line}\n`);
  }

  async kill(): Promise<void> {
    using _hold = this.hold();
    this.#ending ??= "it was ended";
    await this.#remove();
    this.#options.stream.destroy();
    await this.#over;
  }

  hold(): Disposable {
    this.#holds += 1;
    this.#options.stream.ref();
    return {
      [Symbol.dispose]: () => {
        this.#holds -= 1;
        if (this.#holds === 0) this.#options.stream.unref();
      },
    };
  }

  /** Tells the end of the guest, when the end of its output and its exit status are known. */
  async #watch(closed: Promise<void>): Promise<void> {
    const { ended, stream } = this.#options;
    const status = statusOf(ended);
    await Promise.race([closed, status]);
    // Each normally follows the other at once; a connection that broke has no status, and a container none whose
    // daemon is gone.
    const waiting = new AbortController();
    const tooLong = sleep(settleMs, undefined, { signal: waiting.signal }).catch(() => undefined);
    const code = await Promise.race([status, tooLong]);
    await Promise.race([closed, tooLong]);
    waiting.abort();
    stream.destroy();
    this.#end(code);
    // Whatever it was, nobody talks to the container any more.
    await this.#remove();
  }

  #end(code: number | undefined): void {
    this.#exit = { ...this.#howItEnded(code), stderr: this.#stderr };
    this.#listener?.onExit(this.#exit);
  }

  #howItEnded(code: number | undefined): GuestExit {
    // The status of what was killed from here says nothing.
    if (this.#ending !== undefined) return { message: this.#ending };
    if (code === undefined) return { message: "the connection to its container was lost" };
    if (!this.#spoke && noProgram.has(code)) return { message: `its image does not have ${this.#options.needs}` };
    return exitOf(code);
  }

  #receive(line: string): void {
    this.#spoke = true;
    if (this.#ending !== undefined) return;
    if (this.#listener) this.#listener.onMessage(line);
    else if (this.#early.length < maxEarly) this.#early.push(line);
    else this.#expel("it speaks before it is asked");
  }

  #onOutput(bytes: Buffer): void {
    if (this.#ending !== undefined || this.#lines.push(bytes)) return;
    this.#expel(`it sent a message of more than ${this.#options.maxMessageBytes} bytes`);
  }

  #onErrorOutput(bytes: Buffer): void {
    if (this.#ending !== undefined) return;
    this.#stderrBytes += bytes.length;
    this.#stderr = (this.#stderr + bytes.toString("utf8", Math.max(0, bytes.length - 4 * keptStderr))).slice(
      -keptStderr,
    );
    if (this.#stderrBytes > maxStderrBytes) this.#expel("it floods its standard error");
  }

  #expel(why: string): void {
    this.#ending ??= why;
    void this.kill();
  }

  #remove(): Promise<void> {
    this.#removal ??= quietly(this.#options.remove());
    return this.#removal;
  }
}

/** What an exit status says; the container's first process passes on signals as statuses. */
function exitOf(code: number): GuestExit {
  if (code <= signalBase) return { code };
  const signal = Object.entries(constants.signals).find(([, number]) => number === code - signalBase)?.[0];
  return signal === undefined ? { code } : { signal };
}

async function statusOf(ended: Promise<number>): Promise<number | undefined> {
  try {
    return await ended;
  } catch {
    return undefined;
  }
}

async function quietly(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch {
    // The daemon is gone or refuses: the container ends with its standard input, or is swept by the next process.
  }
}
