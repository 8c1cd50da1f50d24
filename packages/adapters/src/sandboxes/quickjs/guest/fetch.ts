import { Body } from "./body.ts";
import { askHost, checkNetwork } from "./host-fetch.ts";
import { Request, type RequestInit } from "./request.ts";
import { Response } from "./response.ts";
import { bytesToText, textToBytes } from "./services.ts";
import type { URL } from "./url.ts";

/** The web's `fetch`, by way of the host. */
export async function fetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  checkNetwork();
  const request = new Request(input, init);
  request.signal?.throwIfAborted();
  const bytes = Body.bytesFor(request);
  const { url, method, redirect, signal } = request;
  const answer = await askHost(
    {
      url,
      method,
      headers: [...request.headers],
      redirect,
      ...(bytes.length > 0 && { body: bytesToText(bytes, "base64") }),
    },
    signal,
  );
  return new Response(textToBytes(answer.body, "base64"), answer, answer);
}
