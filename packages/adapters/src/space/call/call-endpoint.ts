import { errorMessage, type ToolContext } from "@smoltools/core";
import { isRecord } from "../../shared/json-access.ts";
import { shortLine } from "../../shared/provider-message.ts";
import { untilAborted } from "../../shared/async/until-aborted.ts";
import type { SpaceApi, SpaceEndpoint } from "../api/space-api.ts";
import type { GradioJob } from "../connection/library.ts";
import { type CallState, openSession, sessionEndpoint } from "../connection/space-client.ts";
import { spaceError, type SpaceIdentity } from "../connection/space-failure.ts";
import type { SpaceFetch } from "../connection/space-fetch.ts";
import type { SpaceEvent } from "../space-event.ts";
import type { SpaceLimits } from "../space-options.ts";
import { callArguments } from "./arguments.ts";
import { CallScope } from "./call-scope.ts";
import { callEvents } from "./call-events.ts";
import { resultOf } from "./results.ts";
import { uploadFiles } from "./upload-files.ts";

/** Longest wait for an app to hear that nobody wants its result, in milliseconds. */
const cancelTimeoutMs = 5000;

/** What a call needs. */
export interface EndpointCall {
  identity: SpaceIdentity;
  fetch: SpaceFetch;
  api: SpaceApi;
  endpoint: SpaceEndpoint;
  limits: SpaceLimits;
  /** The tool's name here. */
  tool: string;
  /** Aborted when the source is disposed of. */
  closing: AbortSignal;
  onProgress: ((event: SpaceEvent) => void) | undefined;
  /** Takes what goes on after the call: the app is told that it was given up. */
  afterwards: (work: Promise<unknown>) => void;
}

/**
 * Calls an endpoint, in a session of its own: apps keep states by sessions, and every call begins with the first.
 *
 * @param input - Checked against the endpoint's schema.
 * @returns The last value that it gives.
 */
export async function callEndpoint(call: EndpointCall, input: unknown, context: ToolContext): Promise<unknown> {
  const { identity, api, endpoint, limits, tool } = call;
  const { callTimeoutMs, idleTimeoutMs } = limits;
  const { data, uploads } = callArguments(tool, isRecord(input) ? input : {}, endpoint);
  using scope = new CallScope([...(context.signal ? [context.signal] : []), call.closing], {
    timeoutMs: callTimeoutMs,
    onTimeout: () =>
      spaceError(identity, "SOURCE_TIMEOUT", `did not finish ${tool} within ${callTimeoutMs} ms (callTimeoutMs)`),
    idleMs: idleTimeoutMs,
    onIdle: () =>
      spaceError(identity, "SOURCE_TIMEOUT", `sent nothing for ${idleTimeoutMs} ms during ${tool} (idleTimeoutMs)`),
  });
  const { signal } = scope;
  signal.throwIfAborted();
  await untilAborted(uploadFiles(uploads, { identity, fetch: call.fetch, apiUrl: api.apiUrl, signal, limits }), signal);
  scope.alive();
  const state: CallState = {};
  const session = await untilAborted(openSession({ ...call, scope, state }), signal);
  const job = session.submit(sessionEndpoint, data, null, null, true);
  try {
    return await lastValue(job, call, signal, context.toolCallId);
  } catch (error) {
    if (state.event && !state.isOver) call.afterwards(cancel(call, session.session_hash, state.event));
    throw error;
  }
}

async function lastValue(
  job: GradioJob,
  call: EndpointCall,
  signal: AbortSignal,
  toolCallId: string | undefined,
): Promise<unknown> {
  const { identity, api, endpoint, limits, tool, onProgress } = call;
  const about = { space: identity.name, tool, ...(toolCallId !== undefined && { toolCallId }) };
  const value = (data: unknown): unknown => {
    try {
      return resultOf(data, endpoint, { fetch: call.fetch, apiUrl: api.apiUrl, limits });
    } catch (error) {
      throw spaceError(identity, "SOURCE_ANSWER_INVALID", `gives as the result of ${tool} ${errorMessage(error)}`);
    }
  };
  let last: { data: unknown } | undefined;
  let isGenerating = false;
  for (;;) {
    const next = await untilAborted(job.next(), signal);
    if (next.done === true) break;
    const event = next.value;
    if (event.type === "data") {
      last = { data: event.data };
      if (isGenerating) onProgress?.({ ...about, kind: "value", value: value(event.data) });
      isGenerating = false;
    } else if (event.type === "status" && event.stage === "error") {
      // Errors of an endpoint end the call before the library hears of them: this is one of its own.
      const said = shortLine(typeof event.message === "string" ? event.message : "");
      throw spaceError(
        identity,
        "SOURCE_ANSWER_INVALID",
        `sends during ${tool} something that cannot be understood: ${said}`,
      );
    } else if (event.type === "status" && event.stage === "complete") {
      if (last) return value(last.data);
      break;
    } else {
      if (event.type === "status" && event.stage === "generating") isGenerating = true;
      for (const told of callEvents(event, about)) onProgress?.(told);
    }
  }
  throw spaceError(identity, "SOURCE_ANSWER_INVALID", `ended ${tool} without a result`);
}

/** Source: `POST /cancel` of Gradio. The stream that ends tells it too, but only when something is sent on it. */
async function cancel(
  { fetch, api, endpoint }: EndpointCall,
  session: string,
  event: Promise<string | undefined>,
): Promise<void> {
  const id = await untilAborted(event, AbortSignal.timeout(cancelTimeoutMs)).catch(() => undefined);
  if (id === undefined) return;
  const request = {
    what: "a cancellation",
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ event_id: id, session_hash: session, fn_index: endpoint.id }),
    signal: new AbortController().signal,
    timeoutMs: cancelTimeoutMs,
    maxBytes: 1024 * 1024,
  };
  await fetch.read(`${api.apiUrl}/cancel`, request).catch(() => undefined);
}
