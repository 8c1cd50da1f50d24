import { errorMessage, type HostFetch, type ToolContext } from "@smoltools/core";
import { isRecord } from "../shared/json-access.ts";
import { redactor } from "../shared/redact.ts";
import { safeCause } from "../shared/safe-cause.ts";
import { untilAborted } from "../shared/until-aborted.ts";
import { type Authenticate, credentialsFor } from "./auth/credentials.ts";
import type { OperationPlan } from "./operation-plan.ts";
import { buildRequest } from "./request/build-request.ts";
import { readResponse } from "./response/read-response.ts";

/** What carries out operations. */
export interface OperationHost {
  readonly fetch: HostFetch;
  readonly auth: Authenticate | undefined;
  readonly maxResponseBytes: number;
}

/**
 * Carries out an operation.
 *
 * @param name - What it is called here, for errors.
 * @param input - Checked against the schema of its input.
 */
export async function callOperation(
  name: string,
  plan: OperationPlan,
  host: OperationHost,
  input: unknown,
  { signal = new AbortController().signal }: ToolContext,
): Promise<unknown> {
  const args = isRecord(input) ? input : {};
  const credentials = await untilAborted(credentialsFor(plan.security, host.auth, { operation: name, signal }), signal);
  const redact = redactor(credentials.secrets);
  const request = await buildRequest(plan.target, plan.input, args, credentials, signal);
  try {
    const response = await untilAborted(host.fetch(request, { signal }), signal);
    return readResponse(name, response, host.maxResponseBytes, redact);
  } catch (error) {
    signal.throwIfAborted();
    throw withoutSecrets(error, redact);
  }
}

/** The error itself, which says by its code what went wrong, unless it tells a secret. */
function withoutSecrets(error: unknown, redact: (text: string) => string): unknown {
  const cause = safeCause(error, redact);
  return cause === error ? error : new Error(redact(errorMessage(error)), { cause });
}
