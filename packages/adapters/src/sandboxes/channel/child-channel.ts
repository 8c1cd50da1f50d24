import type { Buffer } from "node:buffer";
import type { ChildProcess } from "node:child_process";
import type { Duplex, Readable, Writable } from "node:stream";
import type { ChannelListener, GuestChannel, GuestExit } from "./guest-channel.ts";
import { LineSplitter } from "./line-splitter.ts";

/** How much of standard error is kept, in characters, and how much of it is read at all, in bytes. */
const keptStderr = 4000;
const readStderr = 1024 * 1024;
/** So many messages of a guest that nobody listens to yet are kept. */
const maxEarly = 100;

/** How to talk to a child process. */
export interface ChildChannelOptions {
  /** The streams of the protocol: two ends of one private descriptor, or standard input and output. */
  incoming: Readable;
  outgoing: Writable;
  /** Longest message that is taken, in bytes. */
  maxMessageBytes: number;
  /** Ends the child and all that it started. Default: SIGKILL to the child. */
  kill?: () => void | Promise<void>;
  interrupt?: () => void;
  busyMs?: () => number | Promise<number>;
}

/** A guest in a child process. */
export class ChildChannel implements GuestChannel {
  readonly interrupt?: () => void;
  readonly busyMs?: () => number | Promise<number>;
  readonly #child: ChildProcess;
  readonly #options: ChildChannelOptions;
  readonly #exited: Promise<void>;
  #listener: ChannelListener | undefined;
  #early: string[] = [];
  #stderr = "";
  #exit: GuestExit | undefined;
  #overflow: string | undefined;
  #holds = 0;

  constructor(child: ChildProcess, options: ChildChannelOptions) {
    this.#child = child;
    this.#options = options;
    if (options.interrupt) this.interrupt = options.interrupt;
    if (options.busyMs) this.busyMs = options.busyMs;
    const { incoming, outgoing, maxMessageBytes } = options;
    const lines = new LineSplitter(maxMessageBytes, (line) => this.#receive(line));
    incoming.on("data", (chunk: Buffer) => {
      if (this.#overflow !== undefined || lines.push(chunk)) return;
      this.#overflow = `it sent a message of more than ${maxMessageBytes} bytes`;
      void this.kill();
    });
    // A broken pipe is told by the exit.
    for (const stream of new Set<Readable | Writable>([incoming, outgoing])) stream.on("error", () => undefined);
    this.#readStderr();
    this.#exited = new Promise((resolve) => {
      child.on("error", (error) => this.#end({ message: error.message }, resolve));
      // "close" comes after the streams have been read to their ends: what was said before the end is heard.
      child.once("close", (code, signal) => {
        this.#end({ code: code ?? undefined, signal: signal ?? undefined, stderr: this.#stderr }, resolve);
      });
    });
    this.#setRef(false);
  }

  get bufferedBytes(): number {
    return this.#options.outgoing.writableLength;
  }

  listen(listener: ChannelListener): void {
    this.#listener = listener;
    const early = this.#early;
    this.#early = [];
    for (const line of early) listener.onMessage(line);
    if (this.#exit) listener.onExit(this.#exit);
  }

  send(line: string): void {
    if (!this.#exit && this.#options.outgoing.writable) this.#options.outgoing.write(`${line}\n`);
  }

  async kill(): Promise<void> {
    if (this.#exit) return;
    using _hold = this.hold();
    await this.#options.kill?.();
    this.#child.kill("SIGKILL");
    // Descendants that hold the streams open would delay "close".
    for (const stream of [this.#options.incoming, this.#options.outgoing, this.#child.stderr]) stream?.destroy();
    await this.#exited;
  }

  hold(): Disposable {
    this.#holds += 1;
    this.#setRef(true);
    return {
      [Symbol.dispose]: () => {
        this.#holds -= 1;
        if (this.#holds === 0) this.#setRef(false);
      },
    };
  }

  #receive(line: string): void {
    if (this.#listener) this.#listener.onMessage(line);
    else if (this.#early.length < maxEarly) this.#early.push(line);
    else void this.kill();
  }

  /** Keeps the end of it. A guest that writes without end is heard no more: its pipe is closed. */
  #readStderr(): void {
    const { stderr } = this.#child;
    let bytes = 0;
    stderr?.on("data", (chunk: Buffer) => {
      this.#stderr = (this.#stderr + chunk.toString("utf8")).slice(-keptStderr);
      bytes += chunk.length;
      if (bytes > readStderr) stderr.destroy();
    });
  }

  #end(exit: GuestExit, resolve: () => void): void {
    if (!this.#exit) {
      this.#exit = this.#overflow === undefined ? exit : { ...exit, message: this.#overflow };
      this.#listener?.onExit(this.#exit);
    }
    resolve();
  }

  #setRef(keepAlive: boolean): void {
    const { incoming, outgoing } = this.#options;
    for (const part of [this.#child, incoming, outgoing, this.#child.stderr]) {
      const handle = part as Partial<Pick<Duplex & ChildProcess, "ref" | "unref">> | null;
      if (keepAlive) handle?.ref?.();
      else handle?.unref?.();
    }
  }
}
