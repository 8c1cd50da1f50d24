import { fileURLToPath } from "node:url";
import { errorMessage, isSmoltoolsError, type SmoltoolsError } from "@smoltools/core";
import { exitCodes } from "../exit-codes.ts";
import { Interruption } from "../terminal/interruption.ts";
import type { Output } from "../output/output.ts";
import { printable } from "../output/printable.ts";
import { installAdvice } from "./install-advice.ts";
import { explainSystemError, SystemError, systemAdvice } from "./system-error.ts";
import { withoutTokens } from "../output/without-tokens.ts";

/** What errors of the library advise is code; these say what it is on the command line. */
const advices: Readonly<Record<string, string>> = {
  PERMISSION_NOT_GRANTED:
    "On the command line, --yes grants what the package declares, apart from programs: say yes to those at a terminal.",
  LOCK_OTHER_HUB: "On the command line: --hub <url>",
  REPO_NOT_PACKAGE: "On the command line, --force publishes all the same.",
  VERSION_TOO_LOW:
    'On the command line: --version <x.y.z>, or --allow <rule>="<reason>" for a rule that is not to count.',
  SECRET_FOUND: "On the command line: --allow-secret <fingerprint>",
  HUB_UNAUTHORIZED: "On the command line: smoltools login; smoltools whoami says which token is used.",
  AGENT_MODEL_FOREIGN: "On the command line: --allow-host <host>, or --model <id> for a model of yours.",
  AGENT_MODEL_NEEDED: "On the command line: --model <id>",
  HUB_FORBIDDEN: "smoltools whoami says whose token is used, and what it may do.",
  HUB_REPO_NOT_FOUND: "smoltools whoami says whether a token is used, and whose.",
};

/**
 * Tells an error: to people with message and code, to programs as JSON. The place in the program is for its
 * developers, with `SMOLTOOLS_DEBUG`.
 *
 * @returns The exit code.
 */
export function reportError(thrown: unknown, out: Output, env: Readonly<Record<string, string | undefined>>): number {
  if (thrown instanceof Interruption) return reportInterruption(thrown, out);
  const error = isSmoltoolsError(thrown) ? thrown : (explainSystemError(thrown) ?? thrown);
  const known = isSmoltoolsError(error) ? error : undefined;
  const message = withoutTokens(errorMessage(error));
  const advice = known && adviceFor(known);
  const isDebugging = Boolean(env["SMOLTOOLS_DEBUG"]);
  if (out.json) {
    const data = known && (JSON.parse(withoutTokens(JSON.stringify(known.data))) as object);
    out.result({ error: { code: known?.code ?? "UNEXPECTED", message, ...(data && { data }) } });
  } else {
    const code = known ? ` [${known.code}]` : "";
    out.error(`${out.style("red", "error")} ${printable(message)}${code}${advice === undefined ? "" : `\n${advice}`}`);
    if (!known && !isDebugging) out.error("SMOLTOOLS_DEBUG=1 shows where in the program that was.");
  }
  if (isDebugging && thrown instanceof Error) out.error(printable(withoutTokens(stackOf(thrown))));
  return isSmoltoolsError(error, "USAGE") ? exitCodes.usage : exitCodes.failure;
}

/** What to do about an error that its message does not say. */
function adviceFor(error: SmoltoolsError): string | undefined {
  if (error instanceof SystemError) return undefined;
  if (Object.hasOwn(advices, error.code)) return advices[error.code];
  return installAdvice(error, fileURLToPath(import.meta.url)) ?? systemAdvice(error.cause);
}

/** Nobody reads any more what a closed pipe would be told. */
function reportInterruption({ by, exitCode, message }: Interruption, out: Output): number {
  if (by === "EPIPE") return exitCode;
  if (out.json) out.result({ error: { code: "INTERRUPTED", message, data: { by } } });
  else out.error(message);
  return exitCode;
}

/** Where an error comes from, and those that led to it. */
function stackOf(error: Error): string {
  const stack = error.stack ?? error.message;
  return error.cause instanceof Error ? `${stack}\ncaused by ${stackOf(error.cause)}` : stack;
}
