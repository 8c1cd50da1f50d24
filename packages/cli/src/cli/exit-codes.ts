/** What the process ends with. */
export const exitCodes = {
  ok: 0,
  /** The work failed: the message says why. */
  failure: 1,
  /** The command was called wrongly: nothing was done. */
  usage: 2,
} as const;
