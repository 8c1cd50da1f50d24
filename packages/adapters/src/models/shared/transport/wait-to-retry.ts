import { sleep } from "../../../shared/async/sleep.ts";
import type { ModelLimits } from "../limits.ts";
import { retryDelayMs } from "./retry-delay.ts";
import { Retryable } from "./retryable.ts";

/**
 * Waits until a further attempt may be made.
 *
 * @param failure - What the attempt failed with.
 * @param attempt - Its number, from 1.
 * @throws The failure, when a further attempt does not help or none is left; the signal's reason.
 */
export async function waitToRetry(
  failure: unknown,
  attempt: number,
  { retries, maxRetryDelayMs: maxDelayMs }: Pick<ModelLimits, "retries" | "maxRetryDelayMs">,
  signal: AbortSignal,
): Promise<void> {
  if (!(failure instanceof Retryable)) throw failure;
  if (attempt > retries) throw failure.giveUp(attempt);
  const { error, retryAfterMs } = failure;
  const rateLimited = error.code === "MODEL_RATE_LIMITED";
  await sleep(retryDelayMs({ attempt, rateLimited, retryAfterMs, maxDelayMs }), signal);
}
