import { isSmoltoolsError, SmoltoolsError } from "@smoltools/core";
import { UsageError } from "./errors/usage-error.ts";

/** Longest time limit that can be given, in seconds. */
const maxSeconds = 24 * 60 * 60;

/** The time limit that a command line gives its work, if it gives one. Dispose it: it holds a timer. */
export class TimeLimit implements Disposable {
  /** Aborted when the command is, or when the time is over. */
  readonly signal: AbortSignal;
  /** In milliseconds. */
  readonly ms: number | undefined;
  readonly #late = new AbortController();
  readonly #timer: NodeJS.Timeout | undefined;

  /**
   * @param text - In seconds, as `--timeout` has it.
   * @throws UsageError for what is no time.
   */
  constructor(text: string | undefined, signal: AbortSignal) {
    this.ms = text === undefined ? undefined : milliseconds(text);
    this.signal = AbortSignal.any([signal, this.#late.signal]);
    if (this.ms !== undefined) this.#timer = setTimeout(() => this.#late.abort(this.#error()), this.ms);
  }

  /** The error to tell of: that the time was over, where that ended the work. */
  explain(error: unknown): unknown {
    const isLate = this.#late.signal.aborted || (this.ms !== undefined && isSmoltoolsError(error, "TOOL_TIMEOUT"));
    return isLate ? this.#error() : error;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }

  #error(): SmoltoolsError<"TOOL_TIMEOUT"> {
    return new SmoltoolsError(`It took longer than ${(this.ms ?? 0) / 1000} s: give it more with --timeout <seconds>`, {
      code: "TOOL_TIMEOUT",
    });
  }
}

function milliseconds(text: string): number {
  const seconds = /^(?:\d+(?:\.\d+)?|\.\d+)$/.test(text) ? Number(text) : 0;
  if (seconds > 0 && seconds <= maxSeconds) return Math.max(1, Math.round(seconds * 1000));
  throw new UsageError(`--timeout ${text} is no time: write seconds, such as 30 or 0.5`);
}
