/** Limits of an archive; sizes in bytes. Those of packages hold for each package in it besides. */
export interface ArchiveLimits {
  /** Largest file. */
  maxArchiveBytes: number;
  /** Everything in it, unpacked. */
  maxExpandedBytes: number;
  /** Files and folders. */
  maxEntries: number;
  /** Packages, the main one included. */
  maxPackages: number;
  /** Longest path of an entry. */
  maxPathBytes: number;
}

/** The limits that hold for every archive, when it is made and when it is read. */
export const archiveLimits: Readonly<ArchiveLimits> = Object.freeze({
  maxArchiveBytes: 64 * 1024 * 1024,
  maxExpandedBytes: 128 * 1024 * 1024,
  maxEntries: 10_000,
  maxPackages: 100,
  maxPathBytes: 1024,
});
