import { errorMessage } from "@smoltools/core";
import { fieldOf } from "./json-access.ts";

/** Deeper than errors of libraries are nested, with the requests that they hold. */
const depth = 16;

/**
 * What may be passed on as the cause of an error: the cause itself, or an error that tells of it without secrets.
 *
 * Errors of libraries may hold the whole request, and whoever prints an error prints its causes.
 *
 * @param cause - What led to the error.
 * @param redact - Takes secrets out of a text.
 */
export function safeCause(cause: unknown, redact: (text: string) => string): unknown {
  const printed = printOf(cause);
  if (printed !== undefined && redact(printed) === printed) return cause;
  const told = new Error(redact(errorMessage(cause)));
  if (cause instanceof Error) told.name = redact(cause.name);
  const code = fieldOf(cause, "code");
  return typeof code === "string" || typeof code === "number" ? Object.assign(told, { code }) : told;
}

/**
 * All that a print of a value may show; `undefined` where it cannot be printed, or where there is no `node:util`. It is
 * not imported, because models run in browsers too.
 */
function printOf(value: unknown): string | undefined {
  try {
    return globalThis.process?.getBuiltinModule("node:util").inspect(value, {
      depth,
      showHidden: true,
      breakLength: Infinity,
      maxArrayLength: Infinity,
      maxStringLength: Infinity,
    });
  } catch {
    return undefined;
  }
}
