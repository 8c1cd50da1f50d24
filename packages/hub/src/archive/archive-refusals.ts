import { ArchiveError } from "../errors/archive-error.ts";
import { PackageError } from "../errors/package-error.ts";

/**
 * The refusal of an archive.
 *
 * @param source - The archive, for messages.
 * @param entry - The entry in it that is wrong.
 */
export function archiveInvalid(source: string, why: string, entry?: string, cause?: unknown): ArchiveError {
  return new ArchiveError(`${source} is not an archive that can be used: ${why}. Get it anew from where it was made`, {
    code: "ARCHIVE_INVALID",
    data: { source, ...(entry !== undefined && { entry }) },
    cause,
  });
}

/** The refusal of an archive with too much in it. */
export function archiveTooLarge(source: string, what: string, limit: number): PackageError {
  return new PackageError(`${source} has more than ${limit} ${what}, which is the most that an archive may have`, {
    code: "PACKAGE_TOO_LARGE",
    data: { source, limit },
  });
}

/** The refusal of a path in an archive. */
export function unsafeEntry(source: string, path: string, why: string): PackageError {
  return new PackageError(
    `${source} has an entry with the unsafe path ${JSON.stringify(path)}: ${why}. Do not use it`,
    {
      code: "PATH_UNSAFE",
      data: { source, path },
    },
  );
}
