import { styleText } from "node:util";

/** Where a command writes to. */
export interface OutputStreams {
  stdout: Pick<NodeJS.WriteStream, "write"> & { isTTY?: boolean };
  stderr: Pick<NodeJS.WriteStream, "write"> & { isTTY?: boolean };
}

type Style = Parameters<typeof styleText>[0];

/**
 * What a command says: lines for people, or one JSON value for programs.
 *
 * Results go to standard output, everything that accompanies them to standard error, so that output can be piped.
 * Colour is used on a terminal only, and not where `NO_COLOR` is set.
 */
export class Output {
  /** True when a program reads: lines for people are left out. */
  readonly json: boolean;
  readonly #streams: OutputStreams;
  readonly #colour: boolean;

  constructor(streams: OutputStreams, options: { json: boolean; env: Readonly<Record<string, string | undefined>> }) {
    this.#streams = streams;
    this.json = options.json;
    this.#colour = Boolean(streams.stdout.isTTY) && !options.env["NO_COLOR"] && options.env["TERM"] !== "dumb";
  }

  /** A line of the result, for people. */
  line(text = ""): void {
    if (!this.json) this.#streams.stdout.write(`${text}\n`);
  }

  /** The result as one JSON value, for programs. */
  result(value: unknown): void {
    if (this.json) this.#streams.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  }

  /** A line that accompanies the result. */
  note(text: string): void {
    if (!this.json) this.#streams.stderr.write(`${text}\n`);
  }

  /** Text as it is: what a tool returned. */
  raw(text: string): void {
    this.#streams.stdout.write(text);
  }

  /** An error. */
  error(text: string): void {
    this.#streams.stderr.write(`${text}\n`);
  }

  /** Colours a text where colours can be seen. */
  style(style: Style, text: string): string {
    return this.#colour ? styleText(style, text, { validateStream: false }) : text;
  }
}
