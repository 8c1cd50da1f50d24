/** A request as it is sent. */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: [name: string, value: string][];
  readonly body?: Uint8Array;
}

/** An answer as it came. */
export interface ReceivedResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}

/** Sends a request and waits for the whole answer. */
export type Send = (request: SentRequest, options: { signal: AbortSignal }) => Promise<ReceivedResponse>;
