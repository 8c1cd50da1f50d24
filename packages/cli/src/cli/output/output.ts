import { stripVTControlCharacters, styleText } from "node:util";
import type { ProgressLine, Step } from "./progress-line.ts";
import { wrapWords } from "./wrap-words.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** A stream that a command writes to. */
export interface OutputStream {
  write(text: string): unknown;
  isTTY?: boolean;
  /** Width of the terminal. */
  columns?: number;
}

/** Where a command writes to. */
export interface OutputStreams {
  stdout: OutputStream;
  stderr: OutputStream;
}

/** How a command writes. */
export interface OutputOptions {
  env: Environment;
  /** A program reads: lines for people are left out. */
  json?: boolean;
  /** Leave out what accompanies the result. */
  quiet?: boolean;
  noColor?: boolean;
}

type Style = Parameters<typeof styleText>[0];

/** Width of help and the like where no terminal says how wide it is. */
const usualWidth = 80;

/**
 * What a command says: lines for people, or one JSON value for programs.
 *
 * Results go to standard output, everything that accompanies them to standard error, so that output can be piped.
 * Colours and progress are for terminals.
 */
export class Output {
  /** True when a program reads: lines for people are left out. */
  readonly json: boolean;
  /** True when nothing but results, warnings and errors is wanted. */
  readonly quiet: boolean;
  readonly #streams: OutputStreams;
  readonly #colour: { stdout: boolean; stderr: boolean };
  readonly #showsProgress: boolean;
  #progress: ProgressLine | undefined;

  constructor(streams: OutputStreams, { env, json = false, quiet = false, noColor = false }: OutputOptions) {
    this.#streams = streams;
    this.json = json;
    this.quiet = quiet;
    this.#colour = {
      stdout: !noColor && showsColour(streams.stdout, env),
      stderr: !noColor && showsColour(streams.stderr, env),
    };
    this.#showsProgress = !json && !quiet && isTerminal(streams.stderr, env);
  }

  /** Columns of the terminal; 80 where there is none. */
  get width(): number {
    return this.terminalWidth ?? usualWidth;
  }

  /** Columns of the terminal; `undefined` where there is none, and lines may be as long as they are. */
  get terminalWidth(): number | undefined {
    return widthOf(this.#streams.stdout);
  }

  /** True when results are shown to a person, and not piped into a program or a file. */
  get isTerminal(): boolean {
    return this.#streams.stdout.isTTY === true;
  }

  /** A line of the result, for people. At a terminal that is too narrow for it, it is broken between words. */
  line(text = ""): void {
    if (!this.json) this.#write("stdout", `${text}\n`);
  }

  /** A line of the result that people copy, such as a command: it stays whole, however narrow the terminal is. */
  verbatim(text: string): void {
    if (!this.json) this.#print("stdout", `${text}\n`);
  }

  /** The result as one JSON value, for programs. */
  result(value: unknown): void {
    if (this.json) this.raw(`${JSON.stringify(value, null, 2)}\n`);
  }

  /** A line that accompanies the result. */
  note(text: string): void {
    if (!this.json && !this.quiet) this.#write("stderr", `${text}\n`);
  }

  /** A warning. It is told also where little else is. */
  warn(text: string): void {
    this.#write("stderr", `${this.style("yellow", "warning")} ${text}\n`);
  }

  /** An error. */
  error(text: string): void {
    this.#write("stderr", `${text}\n`);
  }

  /** Text of several lines, for people who asked for it: help. */
  page(text: string): void {
    this.#print("stdout", text);
  }

  /** Text as it is: what a tool returned. */
  raw(text: string): void {
    this.#aside(() => this.#streams.stdout.write(text));
  }

  /** Colours a text where colours can be seen. */
  style(style: Style, text: string): string {
    const { stdout, stderr } = this.#colour;
    return stdout || stderr ? styleText(style, text, { validateStream: false }) : text;
  }

  /**
   * Shows at a terminal that something is under way, once it takes more than half a second, and takes it away at the end.
   *
   * @param title - What is done: `Publishing acme/weather`.
   * @param work - Does it; may say how far it is.
   * @returns What `work` returns.
   */
  async progress<T>(title: string, work: (step: Step) => Promise<T> | T): Promise<T> {
    if (!this.#showsProgress) return work(() => undefined);
    if (!this.#progress) {
      const { ProgressLine } = await import("./progress-line.ts");
      this.#progress ??= new ProgressLine(this.#streams.stderr, (text) =>
        this.#colour.stderr ? styleText("cyan", text, { validateStream: false }) : text,
      );
    }
    const task = this.#progress.begin(title);
    try {
      return await work(task.step);
    } finally {
      task.end();
    }
  }

  /** Takes progress away until the function that it gives back is called: for questions at the terminal. */
  hideProgress(): () => void {
    this.#progress?.hide();
    return () => this.#progress?.show();
  }

  #write(name: "stdout" | "stderr", text: string): void {
    const width = widthOf(this.#streams[name]);
    if (width === undefined) return this.#print(name, text);
    const lines = text.split("\n").flatMap((line) => wrapWords(line, width));
    this.#print(name, lines.join("\n"));
  }

  #print(name: "stdout" | "stderr", text: string): void {
    this.#aside(() => this.#streams[name].write(this.#colour[name] ? text : stripVTControlCharacters(text)));
  }

  /** Writes above what is under way. */
  #aside(write: () => void): void {
    this.#progress?.hide();
    write();
    this.#progress?.show();
  }
}

/**
 * Whether colours are wanted on a stream. As in Node.js itself, `FORCE_COLOR` counts more than `NO_COLOR`, and both
 * more than what the stream is.
 */
function showsColour(stream: OutputStream, env: Environment): boolean {
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  return !env["NO_COLOR"] && isTerminal(stream, env);
}

/** Columns of a terminal; `undefined` where there is none. */
function widthOf({ isTTY, columns }: OutputStream): number | undefined {
  return isTTY && columns !== undefined && columns > 0 ? columns : undefined;
}

/** Whether somebody looks at a stream, through a terminal that can move its cursor. */
function isTerminal({ isTTY }: OutputStream, env: Environment): boolean {
  return isTTY === true && env["TERM"] !== "dumb";
}
