import { beforeEach } from "vitest";
import { findPython, pythonHint } from "../find-python.ts";

/** Skips the tests of the file, saying what to install, where there is no Python. */
export function needsPython(): void {
  beforeEach(async ({ skip }) => skip("problem" in (await findPython()), pythonHint));
}
