import type { GuestLanguage } from "../channel/guest-language.ts";

/** Status with which the guest ends when its memory is used up: `OUT_OF_MEMORY` in guest/smoltools_guest/cpython.py. */
const outOfMemory = 86;

/** Steps of Python: the guest parses them by itself. */
export const pythonLanguage: GuestLanguage = {
  prepare: (code) => ({ step: { code } }),
  exitError: ({ code }, { memoryBytes }) =>
    code === outOfMemory
      ? {
          code: "SANDBOX_MEMORY",
          name: "MemoryError",
          message: `the values of the code take more than ${memoryBytes} bytes (memoryBytes): the variables are lost`,
        }
      : undefined,
};
