import { errorMessage, type ToolContext } from "@smoltools/core";
import { isRecord } from "../shared/json-access.ts";
import { redactor } from "../shared/redact.ts";
import { untilAborted } from "../shared/async/until-aborted.ts";
import { type Authenticate, credentialsFor } from "./auth/credentials.ts";
import type { Security } from "./auth/security.ts";
import { buildRequest } from "./request/build-request.ts";
import type { Send } from "./request/exchange.ts";
import type { RequestPlan } from "./request/request-plan.ts";
import { readResponse } from "./response/read-response.ts";

/** What carries out operations. */
export interface OperationHost {
  readonly send: Send;
  readonly auth: Authenticate | undefined;
  /** Says how its user gives the credentials. */
  readonly wayOut: (security: Security) => string;
  readonly maxResponseBytes: number;
  /** What may be passed on as the cause of an error: the cause itself, or one that tells of it without secrets. */
  readonly safeCause: (cause: unknown, redact: (text: string) => string) => unknown;
}

/**
 * Carries out an operation.
 *
 * @param name - What it is called here, for errors.
 * @param input - Checked against the schema of its input.
 */
export async function callOperation(
  name: string,
  plan: RequestPlan,
  host: OperationHost,
  input: unknown,
  { signal = new AbortController().signal }: ToolContext,
): Promise<unknown> {
  const args = isRecord(input) ? input : {};
  const credentials = await untilAborted(
    credentialsFor(plan.security, host.auth, { operation: name, signal }, host.wayOut),
    signal,
  );
  const redact = redactor(credentials.secrets);
  const request = await buildRequest(plan, args, credentials, signal);
  try {
    const response = await untilAborted(host.send(request, { signal }), signal);
    return readResponse(name, response, host.maxResponseBytes, redact);
  } catch (error) {
    signal.throwIfAborted();
    throw withoutSecrets(error, host, redact);
  }
}

/** The error itself, which says by its code what went wrong, unless it tells a secret. */
function withoutSecrets(error: unknown, host: OperationHost, redact: (text: string) => string): unknown {
  const cause = host.safeCause(error, redact);
  return cause === error ? error : new Error(redact(errorMessage(error)), { cause });
}
