import { errorMessage, isSmoltoolsError } from "@smoltools/core";
import { exitCodes } from "./exit-codes.ts";
import type { Output } from "./output.ts";

/** What errors of the library advise is code; these say what it is on the command line. */
const advices: Record<string, string> = {
  PERMISSION_NOT_GRANTED: "On the command line, --yes grants what the package declares.",
  LOCK_OTHER_HUB: "On the command line: --hub <url>",
  REPO_NOT_PACKAGE: "On the command line, --force publishes all the same.",
  VERSION_TOO_LOW:
    'On the command line: --version <x.y.z>, or --allow <rule>="<reason>" for a rule that is not to count.',
  SECRET_FOUND: "On the command line: --allow-secret <fingerprint>",
};

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
    const advice = known && Object.hasOwn(advices, error.code) ? `\n${advices[error.code]}` : "";
    out.error(`${out.style("red", "error")} ${message}${code}${advice}${stack}`);
  }
  return isSmoltoolsError(error, "USAGE") ? exitCodes.usage : exitCodes.failure;
}
