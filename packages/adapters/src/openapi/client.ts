// What a converted package carries out its operations with: the public API of @smoltools/adapters/openapi/client. It is
// bundled into the package's sources, and uses nothing but what sandboxes and browsers have.

import { joinBytes } from "../shared/bytes.ts";
import { withMedia, withoutMedia } from "../shared/media/package-media.ts";
import { namesOf } from "./auth/credentials.ts";
import { callOperation as carryOut, type OperationHost } from "./call-operation.ts";
import type { Send } from "./request/exchange.ts";
import { fetchFollowing } from "./request/fetch-following.ts";
import type { RequestPlan } from "./request/request-plan.ts";

/** Largest body of an answer, in bytes. */
const maxResponseBytes = 5 * 1024 * 1024;

/** What a call has beside its input. */
export interface OperationCall {
  /** By the name of a security scheme, the environment variable that holds its credential. */
  credentials?: Readonly<Record<string, string>>;
  signal?: AbortSignal | undefined;
}

/**
 * Carries out an operation of an OpenAPI document.
 *
 * @param name - What the tool is called, for errors.
 * @param plan - How its requests are written, as it was taken from the document.
 * @param input - The arguments of the call. Media stand in it as `{ $media: "data:…", mediaType }`.
 * @returns JSON, with media in the same form.
 */
export async function callOperation(
  name: string,
  plan: RequestPlan,
  input: unknown,
  { credentials = {}, signal }: OperationCall = {},
): Promise<unknown> {
  const variableOf = (scheme: string): string => credentials[scheme] ?? scheme;
  const host: OperationHost = {
    send,
    auth: ({ name: scheme }) => process.env[variableOf(scheme)] || undefined,
    wayOut: (security) => `set the environment variable ${namesOf(security, (scheme) => variableOf(scheme.name))}`,
    maxResponseBytes,
    // Whoever catches it is outside of this process: its message is all that gets there.
    safeCause: (cause, redact) =>
      cause instanceof Error && redact(cause.message) === cause.message ? cause : undefined,
  };
  return withoutMedia(await carryOut(name, plan, host, withMedia(input), signal ? { signal } : {}));
}

const send: Send = async (request, { signal }) => {
  const response = await fetchFollowing(request, signal);
  return {
    status: response.status,
    statusText: response.statusText,
    headers: [...response.headers],
    body: await bodyOf(response),
  };
};

/** As much of an answer as tells that it is too large: where nothing else limits it, it may have no end. */
async function bodyOf(response: Response): Promise<Uint8Array> {
  // Answers in a sandbox are no streams: the sandbox has limited them.
  const reader = response.body?.getReader?.();
  if (!reader) return new Uint8Array(await response.arrayBuffer());
  const pieces: Uint8Array[] = [];
  for (let size = 0; size <= maxResponseBytes;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    pieces.push(value);
  }
  // What is left of it is nobody's.
  await reader.cancel().catch(() => undefined);
  return joinBytes(pieces);
}
