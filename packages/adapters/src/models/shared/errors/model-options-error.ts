import { SmoltoolsError } from "@smoltools/core";

/**
 * Why a model cannot be made.
 *
 * | code | meaning |
 * | --- | --- |
 * | `MODEL_OPTIONS_INVALID` | an option has a value that cannot work, or contradicts another |
 * | `MODEL_INSECURE_URL` | a key would travel unencrypted |
 */
export type ModelOptionsErrorCode = "MODEL_OPTIONS_INVALID" | "MODEL_INSECURE_URL";

/** Options that cannot work; thrown before anything is sent. */
export class ModelOptionsError extends SmoltoolsError<ModelOptionsErrorCode, { option: string }> {
  constructor(code: ModelOptionsErrorCode, option: string, message: string) {
    super(`The model cannot be made: ${message}`, { code, data: { option } });
  }
}

/** The error of an option whose value cannot work. */
export function invalidOption(option: string, message: string): ModelOptionsError {
  return new ModelOptionsError("MODEL_OPTIONS_INVALID", option, message);
}
