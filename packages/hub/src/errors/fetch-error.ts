import { SmoltoolsError } from "@smoltools/core";

/**
 * Why a request that the host made for a tool or an agent has no answer.
 *
 * | code | meaning |
 * | --- | --- |
 * | `FETCH_BAD_OPTIONS` | an option of `hostFetch` is wrong |
 * | `FETCH_BAD_REQUEST` | the request is no request: address, method, header or body is wrong or too large |
 * | `FETCH_FAILED` | no connection, or it broke |
 * | `FETCH_REDIRECT` | a redirect that is not followed: too many, to no address, or from `https:` to `http:` |
 * | `FETCH_TIMEOUT` | it took longer than `timeoutMs` |
 * | `FETCH_TOO_LARGE` | the answer is larger than `maxResponseBytes` |
 */
export type FetchErrorCode =
  | "FETCH_BAD_OPTIONS"
  | "FETCH_BAD_REQUEST"
  | "FETCH_FAILED"
  | "FETCH_REDIRECT"
  | "FETCH_TIMEOUT"
  | "FETCH_TOO_LARGE";

/** A request of the host's fetch that failed. Names the host alone: paths and headers may hold keys. */
export class FetchError extends SmoltoolsError<FetchErrorCode, { host?: string }> {}
