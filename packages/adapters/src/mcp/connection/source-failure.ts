import { errorMessage, isSmoltoolsError, ToolSourceError, type ToolSourceErrorCode } from "@smoltools/core";
import { fieldOf } from "../../shared/json-access.ts";
import { redactor } from "../../shared/redact.ts";
import { shortLine } from "../../shared/provider-message.ts";
import { safeCause } from "../../shared/safe-cause.ts";

/** Longest text of a server in an error. */
const longestText = 2000;

/** A server, as errors tell of it. */
export interface SourceIdentity {
  name: string;
  /** Takes its secrets out of texts. */
  redact: (text: string) => string;
  /** Secrets that turn up later, such as tokens. */
  learn: (secrets: readonly string[]) => void;
}

/** Most secrets that are remembered: tokens are renewed as long as the program runs. */
const maxSecrets = 50;

/** A server whose secrets are known. */
export function identityOf(name: string, secrets: readonly string[]): SourceIdentity {
  const learnt: string[] = [];
  let redact = redactor(secrets);
  return {
    name,
    redact: (text) => redact(text),
    learn: (more) => {
      const unknown = more.filter((secret) => !learnt.includes(secret));
      if (unknown.length === 0) return;
      learnt.push(...unknown);
      learnt.splice(0, learnt.length - maxSecrets);
      redact = redactor([...secrets, ...learnt]);
    },
  };
}

/**
 * The error for a server that cannot be used.
 *
 * @param doing - What did not work: `"cannot be reached"`.
 * @param remarks - What else the server said.
 */
export function sourceFailure(
  { name, redact }: SourceIdentity,
  doing: string,
  cause: unknown,
  remarks = "",
): ToolSourceError {
  if (isSmoltoolsError(cause) && isSourceCode(cause.code)) return cause as ToolSourceError;
  const said = [causeText(cause), remarks].filter((text) => text !== "").join(". ");
  return new ToolSourceError(`${name} ${doing}: ${shortLine(redact(said), longestText)}`, {
    code: codeOf(cause),
    data: { source: name },
    cause: safeCause(cause, redact),
  });
}

/** The error for a server that took too long. */
export function sourceTimeout({ name }: SourceIdentity, doing: string, ms: number, option: string): ToolSourceError {
  return new ToolSourceError(`${name} ${doing} within ${ms} ms. Raise ${option} if it needs longer`, {
    code: "SOURCE_TIMEOUT",
    data: { source: name },
  });
}

/** The error for a source that was disposed. */
export function sourceDisposed({ name }: SourceIdentity): ToolSourceError {
  return new ToolSourceError(`${name} is not used any more: its tools were disposed of`, {
    code: "SOURCE_UNAVAILABLE",
    data: { source: name },
  });
}

/** The error for an answer that the protocol does not know. */
export function answerInvalid({ name, redact }: SourceIdentity, what: string): ToolSourceError {
  return new ToolSourceError(`${name} ${redact(what)}`, { code: "SOURCE_ANSWER_INVALID", data: { source: name } });
}

/** The number that an error of HTTP has: version 1 of the SDK has it as the code, version 2 as the status. */
export function httpStatus(error: unknown): number | undefined {
  const candidates = [fieldOfError(error, "status"), fieldOf(fieldOfError(error, "data"), "status")];
  const code = fieldOfError(error, "code");
  const found = [...candidates, code].find((value) => typeof value === "number" && value >= 100 && value < 600);
  return typeof found === "number" ? found : undefined;
}

/** The code of an error that the server answered with: a number of JSON-RPC. */
export function rpcCode(error: unknown): number | undefined {
  const code = fieldOfError(error, "code");
  return typeof code === "number" && (code < 0 || code >= 600) ? code : undefined;
}

function fieldOfError(error: unknown, name: string): unknown {
  return typeof error === "object" && error !== null ? Reflect.get(error, name) : undefined;
}

function codeOf(cause: unknown): ToolSourceErrorCode {
  const status = httpStatus(cause);
  const isUnauthorised =
    cause instanceof Error &&
    /Unauthorized|OAuth|InvalidGrant|Issuer|Registration/.test(cause.name + cause.constructor.name);
  if (status === 401 || status === 403 || isUnauthorised) return "SOURCE_UNAUTHORISED";
  if (status === 402 || status === 429) return "SOURCE_QUOTA";
  return "SOURCE_UNAVAILABLE";
}

function isSourceCode(code: string): boolean {
  return code.startsWith("SOURCE_") || code.startsWith("ADAPTER_");
}

/** `fetch` says what went wrong in the cause of its error. */
function causeText(error: unknown): string {
  const text = errorMessage(error);
  return error instanceof Error && error.message === "fetch failed" && error.cause !== undefined
    ? errorMessage(error.cause) || String(fieldOfError(error.cause, "code"))
    : text;
}
