/** What the process ends with. */
export const exitCodes = {
  ok: 0,
  /** The work failed, or a check found something: the message says what. */
  failure: 1,
  /** The command was called wrongly: nothing was done. */
  usage: 2,
  /** The terminal was closed. */
  hangUp: 129,
  /** Ctrl-C. */
  interrupted: 130,
  /** Whoever read the output has gone. */
  brokenPipe: 141,
  /** `kill`, or the end of a service. */
  terminated: 143,
} as const;

/** The same for people: one table for help, guide and tests. */
export const exitCodeMeanings: Readonly<Record<number, string>> = {
  [exitCodes.ok]: "done",
  [exitCodes.failure]: "failed, or a check found something",
  [exitCodes.usage]: "called wrongly: nothing was done",
  [exitCodes.hangUp]: "ended because the terminal was closed",
  [exitCodes.interrupted]: "ended by Ctrl-C",
  [exitCodes.brokenPipe]: "ended because nobody reads the output any more",
  [exitCodes.terminated]: "ended by a signal to terminate",
};
