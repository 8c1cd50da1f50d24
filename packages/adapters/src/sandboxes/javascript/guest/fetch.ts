import { callHost } from "../../quickjs/guest/calls.ts";
import { fetchCall, settings } from "../../quickjs/guest/host.ts";

interface HostResponse {
  url: string;
  status: number;
  statusText: string;
  headers: [string, string][];
  body: string;
}

/** Statuses whose responses have no body. */
const bodiless: ReadonlySet<number> = new Set([101, 204, 205, 304]);

/** Asks the host to perform a request; it decides which hosts may be reached. */
export async function hostFetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  if (!settings.hasFetch) {
    throw new TypeError(
      "fetch: this sandbox has no network. A tool that needs it must declare its hosts under permissions.net, and be granted them",
    );
  }
  const request = new Request(input, init);
  request.signal.throwIfAborted();
  const { url, method, signal } = request;
  const bytes = new Uint8Array(await request.arrayBuffer());
  const body = bytes.length > 0 ? { body: Buffer.from(bytes).toString("base64") } : {};
  const message = { url, method, headers: [...request.headers], ...body };
  const answer = (await abortable(signal, message)) as HostResponse;
  const response = new Response(bodiless.has(answer.status) ? null : Buffer.from(answer.body, "base64"), {
    status: answer.status,
    statusText: answer.statusText,
    headers: answer.headers,
  });
  Object.defineProperties(response, {
    url: { value: answer.url },
    redirected: { value: answer.url !== url },
  });
  return response;
}

function abortable(signal: AbortSignal, message: object): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const answer = callHost(fetchCall, [message], (cancel) => {
      signal.addEventListener("abort", () => {
        cancel();
        reject(signal.reason);
      });
    });
    answer.then(resolve, reject);
  });
}
