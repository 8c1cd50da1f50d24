import { SmoltoolsError } from "../errors/smoltools-error.ts";

/**
 * Why a sandbox could not do its work. What the code inside does wrong is a `RunError` in the result instead.
 *
 * | code | meaning |
 * | --- | --- |
 * | `SANDBOX_UNAVAILABLE` | this kind of sandbox cannot be had on this machine; the message says what to install |
 * | `SANDBOX_DISPOSED` | it was disposed already |
 * | `SANDBOX_BAD_OPTIONS` | an option is wrong: a name, a limit, a value that is no JSON |
 */
export type SandboxErrorCode = "SANDBOX_UNAVAILABLE" | "SANDBOX_DISPOSED" | "SANDBOX_BAD_OPTIONS";

/** A sandbox that cannot work. */
export class SandboxError extends SmoltoolsError<SandboxErrorCode, { sandbox: string }> {}
