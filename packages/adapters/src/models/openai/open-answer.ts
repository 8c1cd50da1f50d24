import { Answer, type AnswerOptions } from "../shared/answer/answer.ts";
import { ChunkReader } from "../shared/answer/chunk-reader.ts";
import { ProviderErrors } from "../shared/errors/provider-errors.ts";
import { redactor } from "../../shared/redact.ts";
import type { ModelLimits } from "../shared/limits.ts";
import type { RequestBody } from "../shared/request/request-body.ts";
import { currentKey } from "../shared/transport/current-key.ts";
import { Deadline } from "../../shared/deadline.ts";
import { send } from "../shared/transport/send.ts";
import type { Endpoint } from "./endpoint.ts";

/** One request, as it is tried once or several times. */
interface AnswerRequest extends AnswerOptions {
  endpoint: Endpoint;
  limits: ModelLimits;
  fetch: typeof fetch;
  body: RequestBody;
}

/**
 * Sends a request and waits for the first deltas of its answer.
 *
 * @param signal - Ends the request.
 * @returns The open answer, to be closed by the caller.
 * @throws ModelError, or Retryable when a further attempt may help, or the signal's reason.
 */
export async function openAnswer(request: AnswerRequest, signal: AbortSignal): Promise<Answer> {
  const { endpoint, limits, fetch, body } = request;
  const { url, apiKey, keyHeader, secrets } = endpoint;
  const deadline = new Deadline(signal);
  let answer: Answer | undefined;
  try {
    const keyless = new ProviderErrors(endpoint, redactor(secrets));
    deadline.arm(limits.timeoutMs, () => keyless.timedOut("timeoutMs", limits.timeoutMs));
    const key = await currentKey(apiKey, "apiKey", keyless, deadline.signal);
    const errors = new ProviderErrors(endpoint, redactor(key ? [...secrets, key] : secrets));
    const headers = new Headers(endpoint.headers);
    if (key) headers.set(keyHeader, keyHeader === "authorization" ? `Bearer ${key}` : key);
    const init = { method: "POST", headers, body: JSON.stringify(body) };

    const reader = await send({ url, init, fetch, errors, deadline, limits });
    answer = new Answer(new ChunkReader(reader, errors), request);
    await answer.begin();
    return answer;
  } catch (error) {
    await answer?.close();
    deadline[Symbol.dispose]();
    signal.throwIfAborted();
    throw error;
  }
}
