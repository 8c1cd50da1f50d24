/** What a route answers. */
export interface Reply {
  status: number;
  headers?: Record<string, string>;
  /** Absent: no body. */
  body?: Uint8Array | string;
}

/** An answer in JSON. */
export function json(value: unknown, headers: Record<string, string> = {}, status = 200): Reply {
  return {
    status,
    headers: { "Content-Type": "application/json; charset=utf-8", ...headers },
    body: JSON.stringify(value),
  };
}
