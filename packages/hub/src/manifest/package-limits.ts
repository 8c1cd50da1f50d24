/** Limits of a package; sizes in bytes. */
export interface PackageLimits {
  /** Largest `tool.json`. */
  maxManifestBytes: number;
  /** Largest file. */
  maxFileBytes: number;
  /** All files together. */
  maxPackageBytes: number;
  maxFiles: number;
  maxTools: number;
}

/** The limits that hold for every package, when it is made and when it is loaded. */
export const packageLimits: Readonly<PackageLimits> = Object.freeze({
  maxManifestBytes: 1024 * 1024,
  maxFileBytes: 8 * 1024 * 1024,
  maxPackageBytes: 32 * 1024 * 1024,
  maxFiles: 1000,
  maxTools: 100,
});
