import type { Buffer } from "node:buffer";
import type { Socket } from "node:net";
import { constants } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { ErrorOutput } from "../channel/error-output.ts";
import type { ChannelListener, GuestChannel, GuestExit } from "../channel/guest-channel.ts";
import { Holds } from "../channel/holds.ts";
import { Inbox } from "../channel/inbox.ts";
import { LineSplitter } from "../channel/line-splitter.ts";
import { readFairly } from "../channel/read-fairly.ts";
import { FrameSplitter } from "./frame-splitter.ts";

/** How much may come on standard error: it cannot be closed alone. */
const maxErrorBytes = 64 * 1024 * 1024;
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
  readonly #inbox = new Inbox();
  readonly #errorOutput = new ErrorOutput(maxErrorBytes);
  readonly #holds: Holds;
  #spoke = false;
  /** Why the guest is ended from here, once it is: nothing that it says then counts. */
  #ending: string | undefined;
  #removal: Promise<void> | undefined;
  readonly #over: Promise<void>;

  constructor(options: ContainerChannelOptions) {
    this.#options = options;
    this.latencyMs = options.latencyMs;
    if (options.busyMs) this.busyMs = options.busyMs;
    const { stream, maxMessageBytes } = options;
    this.#holds = new Holds((isHeld) => void (isHeld ? stream.ref() : stream.unref()));
    this.#lines = new LineSplitter(maxMessageBytes, (line) => this.#receive(line));
    const frames = new FrameSplitter((from, bytes) => {
      if (from === "stdout") this.#onOutput(bytes);
      else this.#onErrorOutput(bytes);
    });
    const closed = new Promise<void>((resolve) => {
      stream.once("close", resolve);
    });
    readFairly(stream, (chunk) => frames.push(chunk));
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
    this.#inbox.listen(listener);
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
    return this.#holds.take();
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
    this.#inbox.end({ ...this.#howItEnded(code), stderr: this.#errorOutput.text });
    // Whatever it was, nobody talks to the container any more.
    await this.#remove();
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
    if (!this.#inbox.receive(line)) this.#expel("it speaks before it is asked");
  }

  #onOutput(bytes: Buffer): void {
    if (this.#ending !== undefined || this.#lines.push(bytes)) return;
    this.#expel(`it sent a message of more than ${this.#options.maxMessageBytes} bytes`);
  }

  #onErrorOutput(bytes: Buffer): void {
    if (this.#ending === undefined && !this.#errorOutput.push(bytes)) this.#expel("it floods its standard error");
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
