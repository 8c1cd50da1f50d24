/**
 * What a caller should know about a package that is loaded all the same.
 *
 * | code | meaning |
 * | --- | --- |
 * | `VERSION_YANKED` | its authors withdrew the version |
 * | `VERSION_DEPRECATED` | the version has a better successor |
 * | `PACKAGE_DEPRECATED` | the whole package has a better successor |
 * | `REGISTRY_UNREADABLE` | it cannot be told whether the version was withdrawn |
 * | `PACKAGE_UNSIGNED` | it is not signed, though its owner has signed other packages |
 * | `KEY_NOT_PINNED` | the key that signed it could not be remembered |
 */
export type LoadWarningCode =
  | "VERSION_YANKED"
  | "VERSION_DEPRECATED"
  | "PACKAGE_DEPRECATED"
  | "REGISTRY_UNREADABLE"
  | "PACKAGE_UNSIGNED"
  | "KEY_NOT_PINNED";

/** A warning about one package. */
export interface LoadWarning {
  code: LoadWarningCode;
  /** For people, on one line. */
  message: string;
  /** The ref that was asked for. */
  ref: string;
}

/** What is told of warnings. */
export interface WarningOptions {
  /** Hears of versions that were yanked or deprecated, and of missing signatures. By default nobody does. */
  onWarning?: ((warning: LoadWarning) => void) | undefined;
}
