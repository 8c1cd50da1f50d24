import { Buffer } from "node:buffer";
import { ToolSourceError } from "@smoltools/core";
import { isLoopback } from "../../shared/loopback.ts";
import { fieldOf, parseJson } from "../../shared/json-access.ts";
import { lostAnswerCode } from "./stand-in-codes.ts";
import { EventStreamMeter } from "./event-stream-meter.ts";

/** Options of {@link limitedFetch}. */
export interface LimitedFetchOptions {
  /** Names the server in errors. */
  server: string;
  /** Address of the server. */
  url: URL;
  /** For the server, and for nobody else. What the SDK sets itself comes first. */
  headers: Readonly<Record<string, string>>;
  maxMessageBytes: number;
  /** Told when nothing that comes over the connection can be used any more. */
  onBroken: (error: Error) => void;
  /** Told when the server does not open the stream on which it would tell of changes. */
  onDeaf: () => void;
  /** The stream of events that was opened with GET is the only way on which answers come: legacy SSE. */
  answersByGet: boolean;
}

/**
 * The `fetch` that the SDK's transports are given: a message is never larger than allowed, and a request whose answer
 * got lost on the way is answered with an error instead of never. Requests to other hosts than the server's, which the
 * SDK makes for a sign-in because the server names them, go to `https:` only, or to this machine where the server is.
 */
export function limitedFetch(options: LimitedFetchOptions): typeof fetch {
  const { server, url, maxMessageBytes } = options;
  return async (input, init) => {
    const target = new URL(input instanceof Request ? input.url : input);
    const isServer = target.origin === url.origin;
    if (!isServer && !(target.protocol === "https:" || (isLoopback(target) && isLoopback(url)))) {
      throw new ToolSourceError(`${server} sends the sign-in to ${target.origin}, which is not encrypted`, {
        code: "SOURCE_UNAUTHORISED",
        data: { source: server },
      });
    }
    const response = await (isServer ? fetchFromServer(input, init, options) : fetch(input, init));
    const { body, headers } = response;
    if (!body) return response;
    if (Number(headers.get("content-length") ?? 0) > maxMessageBytes) {
      await body.cancel();
      throw tooLarge(server, maxMessageBytes);
    }
    const isStream = (headers.get("content-type") ?? "").trim().toLowerCase().startsWith("text/event-stream");
    return withBody(
      response,
      body.pipeThrough(isStream ? eventLimit(options, init) : byteLimit(server, maxMessageBytes)),
    );
  };
}

async function fetchFromServer(
  input: Parameters<typeof fetch>[0],
  init: RequestInit | undefined,
  { headers: ours, onBroken, onDeaf }: LimitedFetchOptions,
): Promise<Response> {
  const headers = joined(ours, init?.headers);
  const isGet = (init?.method ?? "GET") === "GET";
  try {
    const response = await fetch(input, { ...init, headers });
    // The rest of a stream that broke off cannot be had: answers that were to come on it do not come.
    if (isGet && !response.ok) onDeaf();
    if (isGet && !response.ok && headers.has("last-event-id")) onBroken(new Error("the server forgot the session"));
    return response;
  } catch (error) {
    // The SDK tries again to open such streams, and keeps what came of it to itself.
    if (isGet && !init?.signal?.aborted) onBroken(error instanceof Error ? error : new Error(String(error)));
    throw error;
  }
}

function joined(ours: Readonly<Record<string, string>>, sdks: HeadersInit | undefined): Headers {
  const headers = new Headers({ ...ours });
  for (const [name, value] of new Headers(sdks)) headers.set(name, value);
  return headers;
}

/** The error for a message over the limit. */
export function tooLarge(server: string, maxMessageBytes: number): ToolSourceError {
  return new ToolSourceError(
    `${server} sent a message of more than ${maxMessageBytes} bytes. Raise maxMessageBytes if that is expected`,
    { code: "SOURCE_TOO_LARGE", data: { source: server } },
  );
}

function byteLimit(server: string, maxBytes: number): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0;
  return new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) controller.error(tooLarge(server, maxBytes));
      else controller.enqueue(chunk);
    },
  });
}

function eventLimit(options: LimitedFetchOptions, init: RequestInit | undefined): ReadableWritablePair {
  const { server, maxMessageBytes, onBroken, answersByGet } = options;
  const meter = new EventStreamMeter(maxMessageBytes);
  const requestId = fieldOf(typeof init?.body === "string" ? parseJson(init.body) : undefined, "id");
  const isGet = (init?.method ?? "GET") === "GET";
  const transform = new TransformStream<Uint8Array, Uint8Array>();
  const writer = transform.writable.getWriter();
  const end = async (): Promise<void> => {
    // Where events have ids the SDK asks for the rest. Otherwise it would wait for an answer that does not come.
    if (requestId !== undefined && !meter.hasIds) await writer.write(lostAnswer(requestId)).catch(() => undefined);
    if (isGet && answersByGet) onBroken(new Error("its stream of events has ended"));
    await writer.close().catch(() => undefined);
  };
  const writable = new WritableStream<Uint8Array>({
    async write(chunk) {
      if (!meter.count(chunk)) {
        const error = tooLarge(server, maxMessageBytes);
        onBroken(error);
        throw error;
      }
      await writer.write(chunk);
    },
    close: end,
    abort: end,
  });
  return { readable: transform.readable, writable };
}

/** What the server's last event would be, if it had said that it cannot answer. */
function lostAnswer(id: unknown): Uint8Array {
  const message = {
    jsonrpc: "2.0",
    id,
    error: { code: lostAnswerCode, message: "The connection ended before the answer came" },
  };
  return Buffer.from(`\n\ndata: ${JSON.stringify(message)}\n\n`);
}

function withBody(response: Response, body: ReadableStream<Uint8Array>): Response {
  const { status, statusText, headers, url } = response;
  const copy = new Response(body, { status, statusText, headers });
  // The SDK resolves addresses against that of the answer.
  Object.defineProperty(copy, "url", { value: url });
  return copy;
}
