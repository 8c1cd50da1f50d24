import { ResponseReader } from "../answer/response-reader.ts";
import type { ProviderErrors } from "../errors/provider-errors.ts";
import type { ModelLimits } from "../limits.ts";
import type { Deadline } from "../../../shared/async/deadline.ts";
import { retryAfterMs } from "./retry-delay.ts";

/** A request and what it is sent with. */
interface Sending {
  url: URL;
  init: RequestInit;
  fetch: typeof fetch;
  errors: ProviderErrors;
  /** Armed for the first byte of the answer. */
  deadline: Deadline;
  limits: Pick<ModelLimits, "idleTimeoutMs" | "maxResponseBytes">;
}

/** Most of a failed answer's body that is read, in bytes. */
const maxErrorBytes = 64 * 1024;

/**
 * Sends a request. Redirects are not followed: the key would go with them.
 *
 * @returns The body of a successful answer, to be closed by the caller.
 * @throws ModelError, or Retryable when a further attempt may help, or what the deadline was aborted with.
 */
export async function send({ url, init, fetch, errors, deadline, limits }: Sending): Promise<ResponseReader> {
  let response: Response;
  try {
    response = await fetch(url, { ...init, redirect: "manual", signal: deadline.signal });
  } catch (error) {
    deadline.signal.throwIfAborted();
    throw errors.unreachable(error);
  }
  const { body, headers, ok, status } = response;
  if (response.type === "opaqueredirect" || (status >= 300 && status < 400)) {
    await body?.cancel().catch(() => undefined);
    throw errors.redirected(status, headers.get("location"));
  }
  if (!body) throw ok ? errors.broken("it has no body") : errors.refused(status, "", retryAfterMs(headers));
  const reader = new ResponseReader(body, {
    deadline,
    idleTimeoutMs: limits.idleTimeoutMs,
    maxBytes: ok ? limits.maxResponseBytes : maxErrorBytes,
    silent: () => errors.timedOut("idleTimeoutMs", limits.idleTimeoutMs),
    tooLarge: () => errors.tooLarge(limits.maxResponseBytes),
  });
  if (ok) return reader;
  const said = await beginningOf(reader);
  await reader.close(false);
  throw errors.refused(status, said, retryAfterMs(headers));
}

/** What can be had of a failed answer's body; the status has said the rest. */
async function beginningOf(reader: ResponseReader): Promise<string> {
  let body = "";
  try {
    for (let text = await reader.read(); text !== undefined; text = await reader.read()) body += text;
  } catch {
    // Too long, too slow or cut off: what came says enough.
  }
  return body;
}
