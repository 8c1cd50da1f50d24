import { askHost, checkNetwork } from "../../quickjs/guest/host-fetch.ts";

/** Statuses whose responses have no body. */
const bodiless: ReadonlySet<number> = new Set([101, 204, 205, 304]);

/** The web's `fetch`, by way of the host. */
export async function hostFetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  checkNetwork();
  const request = new Request(input, init);
  request.signal.throwIfAborted();
  const { url, method, redirect, signal } = request;
  const bytes = new Uint8Array(await request.arrayBuffer());
  const body = bytes.length > 0 ? { body: Buffer.from(bytes).toString("base64") } : {};
  const answer = await askHost({ url, method, headers: [...request.headers], redirect, ...body }, signal);
  const response = new Response(bodiless.has(answer.status) ? null : Buffer.from(answer.body, "base64"), {
    status: answer.status,
    statusText: answer.statusText,
    headers: answer.headers,
  });
  Object.defineProperties(response, {
    url: { value: answer.url },
    redirected: { value: answer.redirected },
  });
  return response;
}
