import { Buffer } from "node:buffer";
import type { LocalMachine } from "../../remote/test-support/local-machine.ts";

type Stream = "stdout" | "stderr";

/** A program on a machine, whose streams are read and written by offsets. */
export class Program {
  readonly #output: Record<Stream, Buffer[]> = { stdout: [], stderr: [] };
  readonly exitCode: Promise<number>;
  readonly #write: (bytes: Uint8Array) => Promise<void>;
  readonly #endInput: () => Promise<void>;
  #written = 0;
  #ended = false;
  #wake: () => void = () => undefined;
  #changed: Promise<void> = Promise.resolve();

  private constructor(
    exitCode: Promise<number>,
    write: (bytes: Uint8Array) => Promise<void>,
    endInput: () => Promise<void>,
  ) {
    this.exitCode = exitCode;
    this.#write = write;
    this.#endInput = endInput;
    this.#renew();
    void this.#notice();
  }

  static start(machine: LocalMachine, command: readonly string[]): Program {
    const { id, program } = machine.start(command);
    const exit = new Promise<number>((resolve) => {
      program.once("close", (code) => resolve(code ?? 137));
    });
    const started = new Program(
      exit,
      (bytes) => machine.write(id, bytes),
      async () => void program.stdin.end(),
    );
    for (const stream of ["stdout", "stderr"] as const) {
      program[stream].on("data", (chunk: Buffer) => {
        started.#output[stream].push(chunk);
        started.#renew();
      });
    }
    return started;
  }

  /** A program that takes all of its input and then does something with it. */
  static reader(use: (bytes: Buffer) => Promise<void>): Program {
    const chunks: Uint8Array[] = [];
    let exit: (code: number) => void = () => undefined;
    const exitCode = new Promise<number>((resolve) => {
      exit = resolve;
    });
    return new Program(
      exitCode,
      async (bytes) => void chunks.push(bytes),
      async () => {
        await use(Buffer.concat(chunks));
        exit(0);
      },
    );
  }

  /** Writes what has not been written yet: a request that is made again does nothing. */
  async write(offset: number, data: Uint8Array): Promise<void> {
    if (offset > this.#written) throw new Error(`bytes ${this.#written} to ${offset} are missing`);
    const news = data.subarray(this.#written - offset);
    this.#written += news.length;
    await this.#write(news);
  }

  endInput(): Promise<void> {
    return this.#endInput();
  }

  /** Follows a stream from an offset to its end. */
  async *read(stream: Stream, offset: number): AsyncGenerator<{ data: Uint8Array }> {
    let skip = offset;
    for (let index = 0; ; index += 1) {
      while (index >= this.#output[stream].length) {
        if (this.#ended) return;
        await this.#changed;
      }
      const chunk = this.#output[stream][index] ?? Buffer.alloc(0);
      if (chunk.length > skip) yield { data: chunk.subarray(skip) };
      skip = Math.max(0, skip - chunk.length);
    }
  }

  #renew(): void {
    this.#wake();
    this.#changed = new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  async #notice(): Promise<void> {
    await this.exitCode;
    this.#ended = true;
    this.#renew();
  }
}
