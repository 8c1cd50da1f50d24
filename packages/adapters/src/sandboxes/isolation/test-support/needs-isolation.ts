import { beforeEach } from "vitest";
import { findIsolationTools } from "../isolation-tools.ts";

/**
 * Skips the tests of the file, saying what to install, where the programs for isolation are missing. Where they are
 * there but do not work, the tests fail.
 */
export function needsIsolation(): void {
  beforeEach(async ({ skip }) => {
    const tools = await findIsolationTools();
    if (typeof tools === "string") skip(tools);
  });
}
