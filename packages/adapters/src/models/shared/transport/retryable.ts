import { ModelError } from "@smoltools/core";

/** A failure that a further attempt may mend. It never leaves the adapter: {@link giveUp} does. */
export class Retryable extends Error {
  readonly error: ModelError;
  /** How long the provider asks to wait. */
  readonly retryAfterMs: number | undefined;

  constructor(error: ModelError, retryAfterMs?: number) {
    super(error.message);
    this.error = error;
    this.retryAfterMs = retryAfterMs;
  }

  /**
   * The error for the caller when no further attempt is made.
   *
   * @param attempts - How many were made.
   */
  giveUp(attempts: number): ModelError {
    if (attempts === 1) return this.error;
    const { code, data, cause } = this.error;
    return new ModelError(`${this.error.message} (after ${attempts} attempts)`, { code, data, cause });
  }
}
