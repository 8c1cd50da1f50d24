import type { HostFetch } from "@smoltools/core";
import type { Send } from "./request/exchange.ts";

/** Sends requests by a program's way to fetch, which has bodies in base64. */
export function sendBy(fetch: HostFetch): Send {
  return async ({ method, url, headers, body }, { signal }) => {
    const encoded = body && { body: Buffer.from(body).toString("base64") };
    const answer = await fetch({ method, url, headers, ...encoded }, { signal });
    return {
      status: answer.status,
      statusText: answer.statusText,
      headers: answer.headers,
      body: new Uint8Array(Buffer.from(answer.body, "base64")),
    };
  };
}
