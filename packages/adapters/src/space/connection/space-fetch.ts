import type { ToolSourceError } from "@smoltools/core";
import { AdapterError } from "../../shared/adapter-error.ts";
import { Deadline } from "../../shared/async/deadline.ts";
import { isLoopback } from "../../shared/loopback.ts";
import { parseJson } from "../../shared/json-access.ts";
import { providerMessage } from "../../shared/provider-message.ts";
import { untilAborted } from "../../shared/async/until-aborted.ts";
import type { SpaceLimits } from "../space-options.ts";
import { connectionError, spaceError, type SpaceIdentity, statusError } from "./space-failure.ts";

/** Most redirects of one request. */
const maxRedirects = 5;

/** What a request is. */
export interface SpaceRequest {
  /** What it is for, in errors: `"/config"`. */
  what: string;
  method?: string;
  headers?: Readonly<Record<string, string>>;
  body?: BodyInit;
  signal: AbortSignal;
  maxBytes: number;
}

/** A request whose answer is read whole. */
export interface TimedRequest extends SpaceRequest {
  timeoutMs: number;
  /** The option that sets the limit. @default "requestTimeoutMs" */
  option?: keyof SpaceLimits;
  /** What another status than 2xx means here; by default it is the error that is given. */
  refused?: (status: number, error: ToolSourceError) => ToolSourceError;
}

/** Everything that is asked of one host goes through here: no other host gets a request, and nothing is endless. */
export class SpaceFetch {
  readonly #identity: SpaceIdentity;
  readonly #origin: URL;
  readonly #headers: Readonly<Record<string, string>>;

  /**
   * @param origin - The only host that gets requests.
   * @param headers - Sent with each request, tokens among them.
   * @throws AdapterError `ADAPTER_OPTIONS_INVALID` for headers that would leave this machine unencrypted.
   */
  constructor(identity: SpaceIdentity, origin: URL, headers: Readonly<Record<string, string>>) {
    if (Object.keys(headers).length > 0 && origin.protocol !== "https:" && !isLoopback(origin)) {
      throw new AdapterError(`${identity.name}: tokens and headers are sent to https: and to this machine only`, {
        code: "ADAPTER_OPTIONS_INVALID",
      });
    }
    this.#identity = identity;
    this.#origin = origin;
    this.#headers = headers;
  }

  /**
   * Performs a request. Its body is cut off with an error where it is larger than allowed.
   *
   * @throws ToolSourceError `SOURCE_UNAVAILABLE`; `SOURCE_ANSWER_INVALID` for a redirect to another host.
   */
  async open(url: string, request: SpaceRequest): Promise<Response> {
    const { method = "GET", headers = {}, body, signal, what } = request;
    let target = new URL(url);
    for (let hop = 0; hop <= maxRedirects; hop++) {
      this.#checkHost(target, what);
      const response = await this.#send(target, {
        method,
        headers: { ...headers, ...this.#headers },
        ...(body !== undefined && { body }),
        redirect: "manual",
        signal,
      });
      const location = response.headers.get("location");
      if (response.status < 300 || response.status > 399 || location === null) {
        const { body: content, status, headers: sent } = response;
        return new Response(content && this.#limited(content, request.maxBytes), { status, headers: sent });
      }
      await response.body?.cancel();
      if (method !== "GET") break;
      target = new URL(location, target);
    }
    throw spaceError(this.#identity, "SOURCE_ANSWER_INVALID", `redirects ${what} without end, or what was sent`);
  }

  /** The same, with the body read whole and a time limit. */
  async read(url: string, request: TimedRequest): Promise<Uint8Array<ArrayBuffer>> {
    const { what, timeoutMs, option = "requestTimeoutMs" } = request;
    using deadline = new Deadline(request.signal);
    deadline.arm(timeoutMs, () =>
      spaceError(this.#identity, "SOURCE_TIMEOUT", `did not answer ${what} within ${timeoutMs} ms (${option})`),
    );
    const { signal } = deadline;
    const response = await this.open(url, { ...request, signal });
    const bytes = await this.#bytes(response, signal);
    if (response.ok) return bytes;
    const { text } = providerMessage(textOf(bytes), this.#identity.redact);
    const error = statusError(this.#identity, response, what, text);
    throw request.refused?.(response.status, error) ?? error;
  }

  /** The same, as JSON. */
  async readJson(url: string, request: TimedRequest): Promise<unknown> {
    const text = textOf(await this.read(url, request));
    const value = parseJson(text);
    if (value !== undefined) return value;
    const what = text.trimStart().startsWith("<") ? "a page of HTML" : "something that is not JSON";
    throw spaceError(this.#identity, "SOURCE_ANSWER_INVALID", `answers ${request.what} with ${what}`);
  }

  #checkHost(target: URL, what: string): void {
    const { protocol, hostname, host } = this.#origin;
    // A server may send its visitors from http: to https:.
    const isSecured = protocol === "http:" && target.protocol === "https:" && target.hostname === hostname;
    if (isSecured || (target.protocol === protocol && target.host === host)) return;
    throw spaceError(this.#identity, "SOURCE_ANSWER_INVALID", `sends ${what} to another host, ${target.origin}`);
  }

  async #send(target: URL, init: RequestInit & { signal: AbortSignal }): Promise<Response> {
    try {
      return await fetch(target, init);
    } catch (error) {
      init.signal.throwIfAborted();
      throw connectionError(this.#identity, error);
    }
  }

  async #bytes(response: Response, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    try {
      return new Uint8Array(await untilAborted(response.arrayBuffer(), signal));
    } catch (error) {
      signal.throwIfAborted();
      throw connectionError(this.#identity, error);
    }
  }

  #limited(body: ReadableStream<Uint8Array>, maxBytes: number): ReadableStream<Uint8Array> {
    let bytes = 0;
    const identity = this.#identity;
    return body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          bytes += chunk.byteLength;
          if (bytes <= maxBytes) return controller.enqueue(chunk);
          controller.error(spaceError(identity, "SOURCE_TOO_LARGE", `sent more than ${maxBytes} bytes`));
        },
      }),
    );
  }
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
