import { exitCodes } from "../exit-codes.ts";

/** What ends a command from outside. */
export type InterruptionCause = "SIGINT" | "SIGTERM" | "SIGHUP" | "EPIPE";

const codes: Readonly<Record<InterruptionCause, number>> = {
  SIGINT: exitCodes.interrupted,
  SIGTERM: exitCodes.terminated,
  SIGHUP: exitCodes.hangUp,
  EPIPE: exitCodes.brokenPipe,
};

/**
 * Why a command is to end before it is done. It is the reason of the abort signal, and what a question at the terminal
 * rejects with that was left.
 *
 * It is no `SmoltoolsError`, because every start makes what throws it, and loads nothing for it.
 */
export class Interruption extends Error {
  /** What the process ends with. */
  readonly exitCode: number;
  readonly by: InterruptionCause;

  constructor(by: InterruptionCause) {
    super("interrupted");
    this.name = "Interruption";
    this.by = by;
    this.exitCode = codes[by];
  }
}
