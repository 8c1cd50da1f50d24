import { errorMessage, isSmoltoolsError, ToolSourceError, type ToolSourceErrorCode } from "@smoltools/core";
import { shortLine } from "../../shared/provider-message.ts";
import { retryAfterOf } from "../../shared/retry-after.ts";
import { safeCause } from "../../shared/safe-cause.ts";

/** A Space, as errors tell of it. */
export interface SpaceIdentity {
  readonly name: string;
  /** Takes its secrets out of texts. */
  readonly redact: (text: string) => string;
}

/** The error for a Space that cannot be used, in one sentence that begins with its name. */
export function spaceError(
  { name, redact }: SpaceIdentity,
  code: ToolSourceErrorCode,
  what: string,
  more: { cause?: unknown; retryAfterMs?: number | undefined } = {},
): ToolSourceError {
  const { cause, retryAfterMs } = more;
  return new ToolSourceError(`${name} ${redact(what)}`, {
    code,
    data: { source: name, ...(retryAfterMs !== undefined && { retryAfterMs }) },
    ...(cause !== undefined && { cause: safeCause(cause, redact) }),
  });
}

/** The error for a connection that failed: errors that say by their code what went wrong stay what they are. */
export function connectionError(identity: SpaceIdentity, cause: unknown): Error {
  if (cause instanceof Error && isSmoltoolsError(cause)) return cause;
  // `fetch` says what went wrong in the cause of its error.
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  const code = inner instanceof Error && "code" in inner ? String(inner.code) : "";
  const why = shortLine(errorMessage(inner) || code || "the connection failed");
  return spaceError(identity, "SOURCE_UNAVAILABLE", `cannot be reached: ${why}`, { cause });
}

/** The error for a source that was disposed of. */
export function spaceDisposed(identity: SpaceIdentity): ToolSourceError {
  return spaceError(identity, "SOURCE_UNAVAILABLE", "is not used any more: its tools were disposed of");
}

/** The error for an answer with another status than 2xx. */
export function statusError(identity: SpaceIdentity, response: Response, what: string, said: string): ToolSourceError {
  const { status, headers } = response;
  const reply = `answers ${what} with HTTP ${status}${said === "" ? "" : `: ${said}`}`;
  if (status === 401 || status === 403) {
    const hint = "If it is private, give a token that may read it and name its host in sendTokenTo";
    return spaceError(identity, "SOURCE_UNAUTHORISED", `${reply}. ${hint}`);
  }
  if (status === 429) {
    return spaceError(identity, "SOURCE_QUOTA", reply, { retryAfterMs: retryAfterOf(headers.get("retry-after")) });
  }
  if (status === 503 && what === "a call") {
    return spaceError(identity, "SOURCE_UNAVAILABLE", "has a full queue: call again later");
  }
  return spaceError(identity, status >= 500 ? "SOURCE_UNAVAILABLE" : "SOURCE_ANSWER_INVALID", reply);
}
