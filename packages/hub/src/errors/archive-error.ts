import { SmoltoolsError } from "@smoltools/core";

/**
 * Errors of archives. A path that leads out is a PackageError `PATH_UNSAFE`, one over a limit `PACKAGE_TOO_LARGE`.
 *
 * | code | meaning |
 * | --- | --- |
 * | `ARCHIVE_INVALID` | the file is no archive of packages, is damaged, or holds what such an archive may not hold |
 */
export type ArchiveErrorCode = "ARCHIVE_INVALID";

/** An archive that is not used. */
export class ArchiveError extends SmoltoolsError<ArchiveErrorCode, { source: string; entry?: string }> {}
