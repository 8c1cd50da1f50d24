import { errorMessage, isSmoltoolsError } from "@smoltools/core";
import { exitCodes } from "./exit-codes.ts";
import type { Output } from "./output.ts";

/**
 * Tells an error: to people with message and code, to programs as JSON. The place in the program is for its
 * developers, with `SMOLTOOLS_DEBUG`.
 *
 * @returns The exit code.
 */
export function reportError(error: unknown, out: Output, env: Readonly<Record<string, string | undefined>>): number {
  const known = isSmoltoolsError(error);
  const message = errorMessage(error);
  if (out.json) {
    out.result({ error: { code: known ? error.code : "UNEXPECTED", message, ...(known && { data: error.data }) } });
  } else {
    const code = known ? ` [${error.code}]` : "";
    const stack = env["SMOLTOOLS_DEBUG"] && error instanceof Error ? `\n${error.stack}` : "";
    out.error(`${out.style("red", "error")} ${message}${code}${stack}`);
  }
  return isSmoltoolsError(error, "USAGE") ? exitCodes.usage : exitCodes.failure;
}
