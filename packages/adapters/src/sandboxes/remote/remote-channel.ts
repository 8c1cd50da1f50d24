import { Buffer } from "node:buffer";
import { errorMessage } from "@smoltools/core";
import { shortLine } from "../../shared/provider-message.ts";
import { ErrorOutput } from "../channel/error-output.ts";
import type { ChannelListener, GuestChannel, GuestExit } from "../channel/guest-channel.ts";
import { Inbox } from "../channel/inbox.ts";
import { LineSplitter } from "../channel/line-splitter.ts";
import { destroyMachine } from "./destroy-machine.ts";
import { Outbox } from "./outbox.ts";
import type { ProgramListener, RemoteMachine } from "./remote-machine.ts";

/** How much may come on standard error: it cannot be closed alone. */
const maxErrorBytes = 64 * 1024 * 1024;
/** Whoever ends a guest waits no longer for the provider's answer. */
const longestWaitMs = 5000;

/** How to talk to a guest on a remote machine. */
export interface RemoteChannelOptions {
  /** Longest message that is taken, in bytes. */
  maxMessageBytes: number;
  /** Takes secrets out of a text. */
  redact: (text: string) => string;
}

/** A guest on a remote machine, which lives no longer than the guest. */
export class RemoteChannel implements GuestChannel {
  readonly #machine: RemoteMachine;
  readonly #options: RemoteChannelOptions;
  readonly #lines: LineSplitter;
  #outbox: Outbox | undefined;
  readonly #inbox = new Inbox();
  readonly #errorOutput = new ErrorOutput(maxErrorBytes);
  #destruction: Promise<void> | undefined;

  private constructor(machine: RemoteMachine, options: RemoteChannelOptions) {
    this.#machine = machine;
    this.#options = options;
    this.#lines = new LineSplitter(options.maxMessageBytes, (line) => this.#receive(line));
  }

  /** Starts a guest on a machine. The machine stays the caller's when that fails. */
  static async start(
    machine: RemoteMachine,
    command: readonly string[],
    options: RemoteChannelOptions,
  ): Promise<RemoteChannel> {
    const channel = new RemoteChannel(machine, options);
    const listener: ProgramListener = {
      onOutput: (chunk) => channel.#onOutput(chunk),
      onErrorOutput: (text) => channel.#onErrorOutput(text),
      onEnd: (exit) => channel.#onEnd(exit),
    };
    const program = await machine.start(command, listener);
    channel.#outbox = new Outbox(
      (bytes) => program.write(bytes),
      (error) => channel.#onEnd({ message: `the connection to it is lost: ${shortLine(errorMessage(error), 300)}` }),
    );
    return channel;
  }

  get bufferedBytes(): number {
    return this.#outbox?.bytes ?? 0;
  }

  listen(listener: ChannelListener): void {
    this.#inbox.listen(listener);
  }

  send(line: string): void {
    if (!this.#inbox.exit) this.#outbox?.push(Buffer.from(`${line}\n`));
  }

  async kill(): Promise<void> {
    this.#outbox?.close();
    this.#destruction ??= destroyMachine(this.#machine);
    await atMost(longestWaitMs, this.#destruction);
    this.#onEnd({ message: "it was ended" });
  }

  /** The open connections keep the process alive as long as the machine lives: it costs money. */
  hold(): Disposable {
    return { [Symbol.dispose]: () => undefined };
  }

  #receive(line: string): void {
    if (this.#inbox.exit) return;
    if (!this.#inbox.receive(line)) this.#onEnd({ message: "it speaks before it is asked" });
  }

  #onOutput(chunk: Buffer): void {
    if (this.#inbox.exit || this.#lines.push(chunk)) return;
    this.#onEnd({ message: `it sent a message of more than ${this.#options.maxMessageBytes} bytes` });
  }

  #onErrorOutput(text: string): void {
    if (!this.#errorOutput.push(text)) this.#onEnd({ message: "it floods its standard error" });
  }

  #onEnd(exit: GuestExit): void {
    if (this.#inbox.exit) return;
    const { redact } = this.#options;
    this.#inbox.end({
      ...exit,
      ...(exit.message !== undefined && { message: redact(exit.message) }),
      stderr: this.#errorOutput.text,
    });
    // A machine without a guest is of no use.
    void this.kill();
  }
}

/** Waits for some work, but not longer than so many milliseconds. */
async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, end]);
  clearTimeout(timer);
}
