import type { Readable } from "node:stream";

/** What a route answers. */
export interface Reply {
  status: number;
  headers?: Record<string, string>;
  /**
   * Absent: no body. A stream is sent as it comes, and closed in any case; its `Content-Length` is in the headers, if
   * it is known.
   */
  body?: Uint8Array | string | Readable;
}

/** An answer in JSON. */
export function json(value: unknown, headers: Record<string, string> = {}, status = 200): Reply {
  return {
    status,
    headers: { "Content-Type": "application/json; charset=utf-8", ...headers },
    body: JSON.stringify(value),
  };
}
