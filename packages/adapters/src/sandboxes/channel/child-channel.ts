import type { Buffer } from "node:buffer";
import type { ChildProcess } from "node:child_process";
import type { Duplex, Readable, Writable } from "node:stream";
import { ErrorOutput } from "./error-output.ts";
import type { ChannelListener, GuestChannel } from "./guest-channel.ts";
import { Holds } from "./holds.ts";
import { Inbox } from "./inbox.ts";
import { LineSplitter } from "./line-splitter.ts";
import { readFairly } from "./read-fairly.ts";

/** How much of standard error is read, in bytes. */
const maxErrorBytes = 1024 * 1024;

/** How to talk to a child process. */
export interface ChildChannelOptions extends Pick<GuestChannel, "interrupt" | "busyMs" | "isAtWork"> {
  /** The streams of the protocol: two ends of one private descriptor, or standard input and output. */
  incoming: Readable;
  outgoing: Writable;
  /** Longest message that is taken, in bytes. */
  maxMessageBytes: number;
  /** Ends the child and all that it started. Default: SIGKILL to the child. */
  kill?: () => void | Promise<void>;
}

/** A guest in a child process. */
export class ChildChannel implements GuestChannel {
  readonly interrupt?: () => void;
  readonly busyMs?: () => number | Promise<number>;
  readonly isAtWork?: () => boolean | undefined;
  readonly #child: ChildProcess;
  readonly #options: ChildChannelOptions;
  readonly #inbox = new Inbox();
  readonly #errorOutput = new ErrorOutput(maxErrorBytes);
  readonly #holds = new Holds((isHeld) => this.#setRef(isHeld));
  readonly #exited: Promise<void>;
  #overflow: string | undefined;

  constructor(child: ChildProcess, options: ChildChannelOptions) {
    this.#child = child;
    this.#options = options;
    if (options.interrupt) this.interrupt = options.interrupt;
    if (options.busyMs) this.busyMs = options.busyMs;
    if (options.isAtWork) this.isAtWork = options.isAtWork;
    const { incoming, outgoing, maxMessageBytes } = options;
    const lines = new LineSplitter(maxMessageBytes, (line) => {
      if (!this.#inbox.receive(line)) void this.kill();
    });
    readFairly(incoming, (chunk) => {
      if (this.#overflow !== undefined || lines.push(chunk)) return;
      this.#overflow = `it sent a message of more than ${maxMessageBytes} bytes`;
      void this.kill();
    });
    // A broken pipe is told by the exit.
    for (const stream of new Set<Readable | Writable>([incoming, outgoing])) stream.on("error", () => undefined);
    const { stderr } = child;
    // A guest that writes without end is heard no more: its pipe is closed.
    stderr?.on("data", (chunk: Buffer) => {
      if (!this.#errorOutput.push(chunk)) stderr.destroy();
    });
    this.#exited = new Promise((resolve) => {
      child.on("error", (error) => {
        this.#inbox.end({ message: error.message });
        resolve();
      });
      // "close" comes after the streams have been read to their ends: what was said before the end is heard.
      child.once("close", (code, signal) => {
        this.#inbox.end({
          code: code ?? undefined,
          signal: signal ?? undefined,
          stderr: this.#errorOutput.text,
          ...(this.#overflow !== undefined && { message: this.#overflow }),
        });
        resolve();
      });
    });
    this.#setRef(false);
  }

  get bufferedBytes(): number {
    return this.#options.outgoing.writableLength;
  }

  listen(listener: ChannelListener): void {
    this.#inbox.listen(listener);
  }

  send(line: string): void {
    if (!this.#inbox.exit && this.#options.outgoing.writable) this.#options.outgoing.write(`${line}\n`);
  }

  async kill(): Promise<void> {
    if (this.#inbox.exit) return;
    using _hold = this.hold();
    // Nothing that it says counts any more; and descendants that hold the streams open would delay "close".
    for (const stream of [this.#options.incoming, this.#options.outgoing, this.#child.stderr]) stream?.destroy();
    await this.#options.kill?.();
    this.#child.kill("SIGKILL");
    await this.#exited;
  }

  hold(): Disposable {
    return this.#holds.take();
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
