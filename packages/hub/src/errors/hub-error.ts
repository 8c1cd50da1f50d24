import { SmoltoolsError } from "@smoltools/core";

/**
 * Errors of talking to a hub.
 *
 * | code | meaning |
 * | --- | --- |
 * | `HUB_UNAUTHORIZED` | the token is missing, wrong or expired (401) |
 * | `HUB_FORBIDDEN` | the token may not do this (403) |
 * | `HUB_PAYMENT_REQUIRED` | the hub wants a paid plan for this (402) |
 * | `HUB_REPO_NOT_FOUND` | there is no such repo, or it is private and the token cannot see it |
 * | `HUB_REVISION_NOT_FOUND` | the repo has no such branch, tag or commit |
 * | `HUB_FILE_NOT_FOUND` | the revision has no such file |
 * | `HUB_CONFLICT` | somebody else changed the repo meanwhile (409, 412) |
 * | `HUB_BAD_REQUEST` | the hub refused what was sent (other 4xx), or what was given as its address is none |
 * | `HUB_RATE_LIMITED` | 429, still after the retries |
 * | `HUB_UNAVAILABLE` | 5xx or no connection, still after the retries |
 * | `HUB_TIMEOUT` | no answer within the limit |
 * | `HUB_RESPONSE_INVALID` | the answer is not what the protocol says |
 * | `HUB_RESPONSE_TOO_LARGE` | the answer is larger than the limit |
 */
export type HubErrorCode =
  | "HUB_UNAUTHORIZED"
  | "HUB_FORBIDDEN"
  | "HUB_PAYMENT_REQUIRED"
  | "HUB_REPO_NOT_FOUND"
  | "HUB_REVISION_NOT_FOUND"
  | "HUB_FILE_NOT_FOUND"
  | "HUB_CONFLICT"
  | "HUB_BAD_REQUEST"
  | "HUB_RATE_LIMITED"
  | "HUB_UNAVAILABLE"
  | "HUB_TIMEOUT"
  | "HUB_RESPONSE_INVALID"
  | "HUB_RESPONSE_TOO_LARGE";

/** A hub that did not do what it was asked. */
export class HubError extends SmoltoolsError<HubErrorCode, { status?: number; url?: string; repo?: string }> {}
