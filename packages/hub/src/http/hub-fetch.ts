import { errorMessage, isSmoltoolsError } from "@smoltools/core";
import { HubError } from "../errors/hub-error.ts";
import { wait } from "../shared/wait.ts";
import { retryDelay } from "./retry-delay.ts";

/** Options of {@link hubFetch}. */
export interface HubFetchOptions {
  /**
   * Longest wait for the head of an answer, in milliseconds. What is sent is sent in this time too, so a large body
   * adds to it: a second for each 64 kB. @default 30_000
   */
  timeoutMs?: number;
  /** How often a failed request is repeated. @default 3 */
  retries?: number;
  /** Longest pause between two tries, in milliseconds. @default 20_000 */
  maxDelayMs?: number;
  /** What performs the request. @default globalThis.fetch */
  fetch?: typeof globalThis.fetch;
}

/** Answers that may be different a moment later. */
const transient = new Set([408, 429, 500, 502, 503, 504]);

/**
 * Makes the one function through which everything in this package reaches a hub.
 *
 * Requests that may be repeated safely are repeated after failures; the token goes to the origin it was given for and
 * to no other, whatever redirects say.
 *
 * @returns A function with the signature of `fetch`, which `@huggingface/hub` takes as well.
 */
export function hubFetch(options: HubFetchOptions = {}): typeof globalThis.fetch {
  const { timeoutMs = 30_000, retries = 3, maxDelayMs = 20_000 } = options;
  const send = options.fetch ?? globalThis.fetch;
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const method = init.method ?? (input instanceof Request ? input.method : "GET");
    for (let attempt = 0; ; attempt++) {
      const last = attempt >= retries || !isRepeatable(method, init.body);
      try {
        const response = await withTimeout(timeoutMs + uploadMs(init.body), init.signal, url, (signal) =>
          follow(send, url, { ...init, method, signal }),
        );
        if (!transient.has(response.status) || last) return response;
        await response.body?.cancel();
        await wait(retryDelay(attempt, response.headers.get("retry-after"), maxDelayMs), init.signal ?? undefined);
      } catch (error) {
        if (init.signal?.aborted || isSmoltoolsError(error, "HUB_RESPONSE_INVALID")) throw error;
        if (last) throw asHubError(error, url);
        await wait(retryDelay(attempt, null, maxDelayMs), init.signal ?? undefined);
      }
    }
  };
}

/** Time for sending a body over a slow line. */
function uploadMs(body: RequestInit["body"]): number {
  const bytes = typeof body === "string" ? body.length : body instanceof Blob ? body.size : 0;
  return Math.ceil((bytes / (64 * 1024)) * 1000);
}

/** A request that has no body, and that changes nothing however often it is sent. */
function isRepeatable(method: string, body: unknown): boolean {
  const idempotent = method === "GET" || method === "HEAD";
  return idempotent && (body === undefined || body === null);
}

const maxRedirects = 5;

/** Follows redirects by hand: another origin gets no credentials. */
async function follow(send: typeof globalThis.fetch, url: URL, init: RequestInit): Promise<Response> {
  let target = url;
  const headers = new Headers(init.headers);
  for (let hop = 0; ; hop++) {
    const response = await send(target, { ...init, headers, redirect: "manual" });
    const location = response.headers.get("location");
    const isRead = init.method === "GET" || init.method === "HEAD";
    if (response.status < 300 || response.status >= 400 || location === null || !isRead) return response;
    await response.body?.cancel();
    const next = URL.canParse(location, target.href) ? new URL(location, target) : undefined;
    const problem = hop >= maxRedirects ? "in a circle" : redirectProblem(target, next);
    if (problem !== undefined || next === undefined) {
      throw new HubError(`${url.host} redirects ${problem ?? ""}: not followed`, {
        code: "HUB_RESPONSE_INVALID",
        data: { url: bare(url) },
      });
    }
    if (next.origin !== target.origin) headers.delete("authorization");
    target = next;
  }
}

function redirectProblem(from: URL, to: URL | undefined): string | undefined {
  if (to?.protocol !== "https:" && to?.protocol !== "http:") return "to something that is no web address";
  return from.protocol === "https:" && to.protocol !== "https:" ? "to an address without encryption" : undefined;
}

async function withTimeout<T>(
  timeoutMs: number,
  signal: AbortSignal | null | undefined,
  url: URL,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const timeout = new AbortController();
  const timer = setTimeout(() => {
    timeout.abort(
      new HubError(`${url.host} did not answer within ${timeoutMs} ms: try again, or raise timeoutMs`, {
        code: "HUB_TIMEOUT",
        data: { url: bare(url) },
      }),
    );
  }, timeoutMs);
  try {
    return await work(signal ? AbortSignal.any([signal, timeout.signal]) : timeout.signal);
  } finally {
    clearTimeout(timer);
  }
}

function asHubError(error: unknown, url: URL): HubError {
  if (error instanceof HubError) return error;
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return new HubError(
    `No connection to ${url.host}: ${errorMessage(cause)}. Is the address right, and the hub running?`,
    {
      code: "HUB_UNAVAILABLE",
      data: { url: bare(url) },
      cause: error,
    },
  );
}

/** The address without what may be secret. */
function bare(url: URL): string {
  return `${url.origin}${url.pathname}`;
}
