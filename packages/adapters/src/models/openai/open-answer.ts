import { Answer } from "../shared/answer/answer.ts";
import { ChunkReader } from "../shared/answer/chunk-reader.ts";
import { ProviderErrors } from "../shared/errors/provider-errors.ts";
import { redactor } from "../../shared/redact.ts";
import type { ChatCall } from "../shared/transport/chat-calls.ts";
import { currentKey } from "../shared/transport/current-key.ts";
import type { Deadline } from "../../shared/async/deadline.ts";
import { send } from "../shared/transport/send.ts";
import type { Endpoint } from "./endpoint.ts";

/**
 * Sends a request to an endpoint, see `OpenAnswer`.
 *
 * @returns The answer, to be closed by the caller.
 */
export async function openAnswer(endpoint: Endpoint, call: ChatCall, deadline: Deadline): Promise<Answer> {
  const { limits, fetch, body } = call;
  const { url, apiKey, keyHeader, secrets } = endpoint;
  const keyless = new ProviderErrors(endpoint, redactor(secrets));
  deadline.arm(limits.timeoutMs, () => keyless.timedOut("timeoutMs", limits.timeoutMs));
  const key = await currentKey(apiKey, "apiKey", keyless, deadline.signal);
  const errors = new ProviderErrors(endpoint, redactor(key ? [...secrets, key] : secrets));
  const headers = new Headers(endpoint.headers);
  if (key) headers.set(keyHeader, keyHeader === "authorization" ? `Bearer ${key}` : key);
  const init = { method: "POST", headers, body: JSON.stringify(body) };
  const reader = await send({ url, init, fetch, errors, deadline, limits });
  return new Answer(new ChunkReader(reader, errors), call);
}
