import { SmoltoolsError } from "@smoltools/core";

/**
 * Why a model cannot be made.
 *
 * | code | meaning |
 * | --- | --- |
 * | `MODEL_OPTIONS_INVALID` | an option has a value that cannot work |
 * | `MODEL_INSECURE_URL` | a key would travel unencrypted |
 */
export type ModelOptionsErrorCode = "MODEL_OPTIONS_INVALID" | "MODEL_INSECURE_URL";

/** Options that cannot work; thrown before anything is sent. */
export class ModelOptionsError extends SmoltoolsError<ModelOptionsErrorCode, { option: string }> {
  constructor(code: ModelOptionsErrorCode, option: string, message: string) {
    super(`openAICompatible: ${message}`, { code, data: { option } });
  }
}
