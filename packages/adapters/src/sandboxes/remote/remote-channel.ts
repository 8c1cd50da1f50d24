import { Buffer } from "node:buffer";
import { errorMessage } from "@smoltools/core";
import { shortLine } from "../../shared/provider-message.ts";
import type { ChannelListener, GuestChannel, GuestExit } from "../channel/guest-channel.ts";
import { LineSplitter } from "../channel/line-splitter.ts";
import { destroyMachine } from "./destroy-machine.ts";
import { Outbox } from "./outbox.ts";
import type { ProgramListener, RemoteMachine } from "./remote-machine.ts";
import { type Pong, RemoteMeter } from "./remote-meter.ts";

/** How much of standard error is kept, in characters. */
const keptErrorOutput = 4000;
/** How much may come there in the life of a guest: what is over can only be meant to keep the host busy. */
const maxErrorOutput = 64 * 1024 * 1024;
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
  readonly #meter: RemoteMeter;
  #outbox: Outbox | undefined;
  #hasSpoken = false;
  #listener: ChannelListener | undefined;
  #early: string[] = [];
  #errorOutput = "";
  #errorOutputLeft = maxErrorOutput;
  #exit: GuestExit | undefined;
  #destruction: Promise<void> | undefined;

  private constructor(machine: RemoteMachine, options: RemoteChannelOptions) {
    this.#machine = machine;
    this.#options = options;
    this.#lines = new LineSplitter(options.maxMessageBytes, (line) => this.#receive(line));
    this.#meter = new RemoteMeter((id) => this.send(JSON.stringify({ type: "ping", id })));
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

  /** The fastest answer so far. */
  get latencyMs(): number {
    return this.#meter.fastestMs;
  }

  get bufferedBytes(): number {
    return this.#outbox?.bytes ?? 0;
  }

  listen(listener: ChannelListener): void {
    this.#listener = listener;
    const early = this.#early;
    this.#early = [];
    for (const line of early) listener.onMessage(line);
    if (this.#exit) listener.onExit(this.#exit);
  }

  send(line: string): void {
    if (!this.#exit) this.#outbox?.push(Buffer.from(`${line}\n`));
  }

  async kill(): Promise<void> {
    this.#outbox?.close();
    this.#destruction ??= destroyMachine(this.#machine);
    await atMost(longestWaitMs, this.#destruction);
    this.#onEnd({ message: "it was ended" });
  }

  busyMs(): Promise<number> {
    return this.#meter.read();
  }

  /** The open connections keep the process alive as long as the machine lives: it costs money. */
  hold(): Disposable {
    return { [Symbol.dispose]: () => undefined };
  }

  #receive(line: string): void {
    if (this.#exit) return;
    const pong = readPong(line);
    if (pong && this.#meter.answered(pong)) return;
    // It has been set up and has nothing to do yet: the time to learn how fast it answers.
    if (!this.#hasSpoken) void this.#meter.read();
    this.#hasSpoken = true;
    if (this.#listener) this.#listener.onMessage(line);
    else this.#early.push(line);
  }

  #onOutput(chunk: Buffer): void {
    if (this.#exit || this.#lines.push(chunk)) return;
    this.#onEnd({ message: `it sent a message of more than ${this.#options.maxMessageBytes} bytes` });
  }

  #onErrorOutput(text: string): void {
    this.#errorOutput = (this.#errorOutput + text).slice(-keptErrorOutput);
    this.#errorOutputLeft -= text.length;
    if (this.#errorOutputLeft < 0) this.#onEnd({ message: "it floods its standard error" });
  }

  #onEnd(exit: GuestExit): void {
    if (this.#exit) return;
    const { redact } = this.#options;
    this.#exit = {
      ...exit,
      ...(exit.message !== undefined && { message: redact(exit.message) }),
      stderr: this.#errorOutput,
    };
    this.#listener?.onExit(this.#exit);
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

/** Reads a `pong`; nothing for other messages. */
function readPong(line: string): Pong | undefined {
  const { id, busy } =
    /^\{"type": ?"pong", ?"id": ?(?<id>\d{1,15})(?:, ?"busyMs": ?(?<busy>[\d.]{1,20}))?\}$/.exec(line)?.groups ?? {};
  if (id === undefined) return undefined;
  return { id: Number(id), ...(busy !== undefined && Number.isFinite(Number(busy)) && { busyMs: Number(busy) }) };
}
