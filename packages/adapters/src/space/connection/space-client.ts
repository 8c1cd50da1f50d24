import { errorMessage, isSmoltoolsError } from "@smoltools/core";
import { setImmediate } from "node:timers/promises";
import type { CallScope } from "../call/call-scope.ts";
import { endpointFailure } from "../call/endpoint-failure.ts";
import type { SpaceApi, SpaceEndpoint } from "../api/space-api.ts";
import { Deadline } from "../../shared/async/deadline.ts";
import { parseJson, textField } from "../../shared/json-access.ts";
import { providerMessage } from "../../shared/provider-message.ts";
import { untilAborted } from "../../shared/async/until-aborted.ts";
import type { SpaceLimits } from "../space-options.ts";
import { checkedMessage, failureOf, type MessageChecks } from "./checked-message.ts";
import { eventData } from "./event-data.ts";
import { type GradioClient, loadGradio } from "./library.ts";
import { spaceError, type SpaceIdentity, statusError } from "./space-failure.ts";
import type { SpaceFetch } from "./space-fetch.ts";

/** What a session is made with. */
export interface SessionOptions {
  identity: SpaceIdentity;
  fetch: SpaceFetch;
  api: SpaceApi;
  endpoint: SpaceEndpoint;
  scope: CallScope;
  limits: SpaceLimits;
  /** The name of the tool, for the errors of its endpoint. */
  tool: string;
  /** Filled in as far as the call comes. */
  state: CallState;
}

/** How far a call has come at its app. */
export interface CallState {
  /** The app's id for it, when it has been sent: `undefined` where the app gave none. */
  event?: Promise<string | undefined>;
  /** The app is done with it. */
  isOver?: boolean;
}

/** The name under which the library knows the endpoint: its own may be one that it cannot take apart. */
export const sessionEndpoint = "/call";

/**
 * Opens a session of the library for one call.
 *
 * The library learns nothing from the app: its two questions are answered from what has been read and checked, with one
 * endpoint and the address that was connected to. All its requests go through the bounded fetch.
 */
export async function openSession(options: SessionOptions): Promise<GradioClient> {
  const library = await loadGradio();
  const { api, endpoint } = options;
  const canned = cannedAnswers(api, endpoint);
  class Session extends library.Client {
    override async fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
      const url = input instanceof Request ? input.url : String(input);
      const answer = canned.get(new URL(url).pathname);
      return answer === undefined ? request(url, init ?? {}, options) : Response.json(answer);
    }

    override stream(url: URL): LibraryEventSource {
      this.abort_controller = new AbortController();
      const source = eventSource(url);
      void readEvents(source, options);
      this.stream_instance = source;
      return source;
    }
  }
  return Session.connect(api.apiUrl, { events: ["data", "status", "log"], record_history: false });
}

/** The answers to `/config` and `/info`, by their paths. */
function cannedAnswers({ apiUrl, protocol, hasHeartbeat }: SpaceApi, endpoint: SpaceEndpoint): Map<string, object> {
  const { pathname } = new URL(apiUrl);
  const root = pathname.replace(/\/+$/, "");
  const count = (length: number): number[] => Array.from({ length }, (_, index) => index);
  const config = {
    root: apiUrl,
    protocol,
    connect_heartbeat: hasHeartbeat,
    enable_queue: true,
    run_history: false,
    components: [],
    dependencies: [
      {
        id: endpoint.id,
        api_name: sessionEndpoint.slice(1),
        inputs: count(endpoint.inputs.length),
        outputs: count(endpoint.outputCount),
        queue: endpoint.isQueued,
        types: { generator: false, cancel: false },
        targets: [],
      },
    ],
  };
  const parameters = endpoint.inputs.map((_, index) => ({ parameter_name: `p${index}`, type: { type: "string" } }));
  const info = { named_endpoints: { [sessionEndpoint]: { parameters, returns: [] } }, unnamed_endpoints: {} };
  return new Map<string, object>([
    [`${root}/config`, config],
    [`${root}/info`, info],
  ]);
}

/** Performs a request of the library. What fails ends the call: the library would keep some of it to itself. */
async function request(url: string, init: RequestInit, options: SessionOptions): Promise<Response> {
  const { fetch, scope, limits, identity, endpoint, state } = options;
  const target = url.replace(/\/run\/call$/, () => `/run/${encodeURIComponent(endpoint.name.slice(1))}`);
  const { pathname } = new URL(target);
  const isJoin = pathname.endsWith("/queue/join");
  const isCall = isJoin || pathname.includes("/run/");
  const open = (signal: AbortSignal): Promise<Response> =>
    fetch.open(target, {
      what: isCall ? "a call" : pathname,
      method: init.method ?? "GET",
      headers: Object.fromEntries(new Headers(init.headers)),
      ...(typeof init.body === "string" && { body: init.body }),
      signal,
      maxBytes: limits.maxResponseBytes,
    });
  try {
    if (!isCall) return await open(scope.signal);
    const answer = isJoin ? joined(open, options) : open(scope.signal).then(withText);
    const { response, text } = await untilAborted(answer, scope.signal);
    scope.alive();
    state.isOver = !isJoin;
    return judged(response, text, options);
  } catch (error) {
    scope.fail(isSmoltoolsError(error) ? error : lost(identity, error));
    throw error;
  }
}

interface TextAnswer {
  response: Response;
  text: string;
}

async function withText(response: Response): Promise<TextAnswer> {
  return { response, text: await response.text() };
}

/** A call that is given up while it is being sent is sent all the same: only then can it be cancelled. */
async function joined(
  open: (signal: AbortSignal) => Promise<Response>,
  { limits, identity, state }: SessionOptions,
): Promise<TextAnswer> {
  const { requestTimeoutMs } = limits;
  using deadline = new Deadline(new AbortController().signal);
  const late = `did not take a call within ${requestTimeoutMs} ms (requestTimeoutMs)`;
  deadline.arm(requestTimeoutMs, () => spaceError(identity, "SOURCE_TIMEOUT", late));
  const answer = open(deadline.signal).then(withText);
  state.event = answer.then(
    ({ text }) => textField(parseJson(text), "event_id"),
    () => undefined,
  );
  return await untilAborted(answer, deadline.signal);
}

function lost(identity: SpaceIdentity, cause: unknown): Error {
  return spaceError(identity, "SOURCE_UNAVAILABLE", "was lost during a call", { cause });
}

/** The answer to a call, as it goes to the library. */
function judged(response: Response, text: string, { identity, tool }: SessionOptions): Response {
  const said = providerMessage(text, identity.redact).text;
  const isRefusal = response.status === 400 || response.status === 422 || response.status === 500;
  if (isRefusal && /^\s*\{/.test(text)) throw endpointFailure(identity, tool, said);
  if (!response.ok) throw statusError(identity, response, "a call", said);
  if (/^\s*\{/.test(text)) return new Response(text, { status: 200, headers: { "content-type": "application/json" } });
  throw spaceError(identity, "SOURCE_ANSWER_INVALID", `answers a call with ${said || "nothing"}`);
}

/** The members of an `EventSource` that the library uses. */
interface LibraryEventSource {
  readonly url: string;
  onmessage: ((event: MessageEvent) => unknown) | null;
  close(): void;
}

function eventSource(url: URL): LibraryEventSource {
  return { url: url.toString(), onmessage: null, close: () => undefined };
}

/** Reads a stream for the library. What is wrong with it ends the call. */
async function readEvents(source: LibraryEventSource, options: SessionOptions): Promise<void> {
  const { fetch, scope, limits, identity, tool, state, api, endpoint } = options;
  // Since its second version the queue sends what changes of a value. The first is a whole one.
  const hasChanges = api.protocol !== "sse" && api.protocol !== "sse_v1";
  let isChange = false;
  const isHeartbeat = new URL(source.url).pathname.includes("/heartbeat/");
  try {
    const response = await fetch.open(source.url, {
      what: "the stream of a call",
      headers: { accept: "text/event-stream" },
      signal: scope.signal,
      maxBytes: limits.maxResponseBytes,
    });
    if (!response.ok || !response.body) throw statusError(identity, response, "the stream of a call", "");
    if (!/^text\/event-stream\b/i.test(response.headers.get("content-type") ?? "")) {
      throw spaceError(identity, "SOURCE_ANSWER_INVALID", "answers a call with something other than events");
    }
    for await (const data of eventData(response.body, () => isHeartbeat || scope.alive())) {
      if (isHeartbeat) continue;
      const { message, text } = checked(data, identity, { outputCount: endpoint.outputCount, hasEdits: isChange });
      if (message["msg"] === "process_generating") isChange = hasChanges;
      const failure = failureOf(message);
      state.isOver ||= failure !== undefined || message["msg"] === "process_completed";
      if (failure !== undefined) throw endpointFailure(identity, tool, failure);
      if (message["msg"] === "close_stream") break;
      await source.onmessage?.(new MessageEvent("message", { data: text }));
      // The library changes a value in place to make the next of it: whoever reads it has to read it before.
      if (message["msg"] === "process_generating") await setImmediate();
    }
    if (!isHeartbeat && !state.isOver)
      throw spaceError(identity, "SOURCE_UNAVAILABLE", "ended the connection during a call");
  } catch (error) {
    // Whether the heartbeat is heard or not, the call goes on.
    if (isHeartbeat) return;
    scope.fail(isSmoltoolsError(error) ? error : lost(identity, error));
  }
}

function checked(data: string, identity: SpaceIdentity, checks: MessageChecks): ReturnType<typeof checkedMessage> {
  try {
    return checkedMessage(data, checks);
  } catch (error) {
    throw spaceError(identity, "SOURCE_ANSWER_INVALID", `sends during a call ${errorMessage(error)}`);
  }
}
