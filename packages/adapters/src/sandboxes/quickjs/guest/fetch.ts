import { Promise, TypeError } from "./builtins.ts";
import { Body } from "./body.ts";
import { callHost } from "./calls.ts";
import { fetchCall, settings } from "./host.ts";
import { Request, type RequestInit } from "./request.ts";
import { Response } from "./response.ts";
import { bytesToText, textToBytes } from "./services.ts";
import type { URL } from "./url.ts";

/** What the host answers: `HostFetchResponse` of the core package. */
interface HostResponse {
  url: string;
  status: number;
  statusText: string;
  headers: [string, string][];
  body: string;
}

/** Asks the host to perform a request; it decides which hosts may be reached. */
export async function fetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  if (!settings.hasFetch) {
    throw new TypeError(
      "fetch: this sandbox has no network. A tool that needs it must declare its hosts under permissions.net, and be granted them",
    );
  }
  const request = new Request(input, init);
  request.signal?.throwIfAborted();
  const bytes = Body.bytesFor(request);
  const { url, method } = request;
  const message = {
    url,
    method,
    headers: [...request.headers],
    ...(bytes.length > 0 && { body: bytesToText(bytes, "base64") }),
  };
  const answer = (await abortable(request, message)) as HostResponse;
  const from = { url: answer.url, redirected: answer.url !== url };
  return new Response(textToBytes(answer.body, "base64"), answer, from);
}

function abortable({ signal }: Request, message: object): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const answer = callHost(fetchCall, [message], (cancel) => {
      signal?.addEventListener("abort", () => {
        cancel();
        reject(signal.reason);
      });
    });
    answer.then(resolve, reject);
  });
}
