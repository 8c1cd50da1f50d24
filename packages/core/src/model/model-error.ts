import { SmoltoolsError } from "../errors/smoltools-error.ts";

/**
 * Why a model gave no answer.
 *
 * | code | meaning |
 * | --- | --- |
 * | `MODEL_UNAUTHORIZED` | the provider refused the key (401, 403) |
 * | `MODEL_BAD_REQUEST` | the provider refused the request (other 4xx) |
 * | `MODEL_RATE_LIMITED` | 429, still after the retries |
 * | `MODEL_UNAVAILABLE` | 5xx or no connection, still after the retries |
 * | `MODEL_TIMEOUT` | no answer, or no next piece of one, within the limit |
 * | `MODEL_BROKEN_STREAM` | the answer broke off, or is not what the protocol says |
 * | `MODEL_RESPONSE_TOO_LARGE` | the answer is larger than the limit |
 */
export type ModelErrorCode =
  | "MODEL_UNAUTHORIZED"
  | "MODEL_BAD_REQUEST"
  | "MODEL_RATE_LIMITED"
  | "MODEL_UNAVAILABLE"
  | "MODEL_TIMEOUT"
  | "MODEL_BROKEN_STREAM"
  | "MODEL_RESPONSE_TOO_LARGE";

/** A provider that failed: it ends the run, the model is not to blame. */
export class ModelError extends SmoltoolsError<ModelErrorCode, { status?: number; url?: string }> {}
