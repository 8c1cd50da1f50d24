import { SmoltoolsError } from "@smoltools/core";

/**
 * Errors of permissions.
 *
 * | code | meaning |
 * | --- | --- |
 * | `PERMISSION_INVALID` | a permission is written wrongly |
 * | `PERMISSION_NOT_GRANTED` | the package declares permissions that the caller did not grant; nothing ran |
 * | `PERMISSION_DENIED` | the running tool tried what it has no permission for |
 */
export type PermissionErrorCode = "PERMISSION_INVALID" | "PERMISSION_NOT_GRANTED" | "PERMISSION_DENIED";

/** Something that a tool may not do. */
export class PermissionError extends SmoltoolsError<PermissionErrorCode, Record<string, unknown>> {}
