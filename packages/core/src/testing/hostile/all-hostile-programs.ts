import type { HostileProgram } from "./hostile-program.ts";
import * as javascript from "./javascript/index.ts";
import * as python from "./python/index.ts";

/** Every hostile program. */
export const allHostilePrograms: readonly HostileProgram[] = [
  ...Object.values(javascript).flat(),
  ...Object.values(python).flat(),
];
