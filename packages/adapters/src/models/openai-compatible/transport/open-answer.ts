import { Answer } from "../answer/answer.ts";
import { ResponseReader } from "../answer/response-reader.ts";
import { checkKey, type Endpoint } from "../endpoint.ts";
import { ProviderErrors } from "../errors/provider-errors.ts";
import { redactor } from "../errors/redact.ts";
import type { ModelLimits } from "../options.ts";
import type { RequestBody } from "../request/request-body.ts";
import { untilAborted } from "../util/until-aborted.ts";
import { Deadline } from "./deadline.ts";
import { retryAfterMs } from "./retry-delay.ts";

/** One request, as it is tried once or several times. */
interface AnswerRequest {
  endpoint: Endpoint;
  limits: ModelLimits;
  fetch: typeof fetch;
  body: RequestBody;
  /** Texts that end the answer. */
  stop: readonly string[];
}

/** Most of a failed answer's body that is read, in bytes. */
const maxErrorBytes = 64 * 1024;

/**
 * Sends a request and waits for the first deltas of its answer.
 *
 * @param signal - Ends the request.
 * @returns The open answer, to be closed by the caller.
 * @throws ModelError, or Retryable when a further attempt may help, or the signal's reason.
 */
export async function openAnswer(request: AnswerRequest, signal: AbortSignal): Promise<Answer> {
  const { endpoint, limits, stop } = request;
  const deadline = new Deadline(signal);
  let reader: ResponseReader | undefined;
  try {
    const keyless = new ProviderErrors(endpoint, redactor(endpoint.secrets));
    deadline.arm(limits.timeoutMs, () => keyless.timedOut("timeoutMs", limits.timeoutMs));
    const key = await keyOf(endpoint, keyless, deadline.signal);
    const errors = new ProviderErrors(endpoint, redactor(key ? [...endpoint.secrets, key] : endpoint.secrets));
    const headers = new Headers(endpoint.headers);
    if (key) headers.set("authorization", `Bearer ${key}`);

    const response = await send(request, headers, errors, deadline.signal);
    if (!response.body) throw errors.broken("it has no body");
    reader = new ResponseReader(response.body, {
      deadline,
      idleTimeoutMs: limits.idleTimeoutMs,
      maxBytes: response.ok ? limits.maxResponseBytes : maxErrorBytes,
      silent: () => errors.timedOut("idleTimeoutMs", limits.idleTimeoutMs),
      tooLarge: () => errors.tooLarge(limits.maxResponseBytes),
    });
    if (!response.ok) throw errors.refused(response.status, await beginningOf(reader), retryAfterMs(response.headers));
    const answer = new Answer(reader, errors, stop);
    await answer.begin();
    return answer;
  } catch (error) {
    await reader?.close(false);
    deadline[Symbol.dispose]();
    signal.throwIfAborted();
    throw error;
  }
}

async function keyOf(endpoint: Endpoint, errors: ProviderErrors, signal: AbortSignal): Promise<string | undefined> {
  const { apiKey } = endpoint;
  if (typeof apiKey !== "function") return apiKey?.trim();
  try {
    const key = await untilAborted(Promise.resolve().then(apiKey), signal);
    return key === "" ? undefined : checkKey(key);
  } catch (error) {
    signal.throwIfAborted();
    throw errors.noKey(error);
  }
}

async function send(
  { endpoint, fetch, body }: AnswerRequest,
  headers: Headers,
  errors: ProviderErrors,
  signal: AbortSignal,
): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(endpoint.url, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
      redirect: "manual",
      signal,
    });
  } catch (error) {
    signal.throwIfAborted();
    throw errors.unreachable(error);
  }
  if (response.type === "opaqueredirect" || (response.status >= 300 && response.status < 400)) {
    await response.body?.cancel().catch(() => undefined);
    throw errors.redirected(response.status, response.headers.get("location"));
  }
  return response;
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
