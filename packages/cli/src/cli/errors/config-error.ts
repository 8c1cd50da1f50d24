import { SmoltoolsError } from "@smoltools/core";

/**
 * Errors of who has logged in, and of settings.
 *
 * | code | meaning |
 * | --- | --- |
 * | `CONFIG_INVALID` | a file of settings or tokens cannot be read as what it should be |
 * | `NOT_LOGGED_IN` | there is no token for the hub |
 */
export type ConfigErrorCode = "CONFIG_INVALID" | "NOT_LOGGED_IN";

/** An error of who has logged in, or of settings. */
export class ConfigError extends SmoltoolsError<ConfigErrorCode, { path?: string; hub?: string }> {}
