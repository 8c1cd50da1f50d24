import { SmoltoolsError } from "@smoltools/core";

/**
 * Errors of packages: naming them, making them, trusting them.
 *
 * | code | meaning |
 * | --- | --- |
 * | `REF_INVALID` | the text is no ref |
 * | `VERSION_NOT_FOUND` | no published version fits |
 * | `VERSION_YANKED` | all versions that fit were withdrawn by their authors |
 * | `VERSION_NONE` | the repo has no versions at all |
 * | `VERSION_EXISTS` | this version is published already |
 * | `VERSION_INVALID` | the text is no semantic version |
 * | `REPO_NOT_PACKAGE` | the repo holds something that is no package |
 * | `REPO_NOT_PRIVATE` | the repo exists and is public, and a private one was asked for |
 * | `MANIFEST_MISSING` | the repo or folder has no tool.json |
 * | `MANIFEST_INVALID` | tool.json is not what its format says |
 * | `MANIFEST_MISMATCH` | tool.json names another package or version than the ref |
 * | `PATH_UNSAFE` | a path leads out of the package |
 * | `PACKAGE_TOO_LARGE` | a file, or all of them together, are over the limit |
 * | `INTEGRITY_MISMATCH` | bytes are not those that the manifest or the lock file names |
 * | `TOOL_NOT_FOUND` | the package has no tool of this name, or several and none was named |
 * | `TOOL_NAME_CLASH` | two packages of a collection have a tool of the same name |
 * | `TOOL_FILE_INVALID` | a file of Python cannot be loaded, or holds no tool |
 * | `RUNTIME_UNSUPPORTED` | the sandbox at hand cannot run this package |
 * | `BUNDLE_FAILED` | the source could not be bundled |
 * | `REGISTRY_INVALID` | registry.json is not what its format says |
 * | `VERSION_TOO_LOW` | the change asks for a higher version than the one named |
 * | `SECRET_FOUND` | a file that would be published holds a secret |
 */
export type PackageErrorCode =
  | "REF_INVALID"
  | "VERSION_NOT_FOUND"
  | "VERSION_YANKED"
  | "VERSION_NONE"
  | "VERSION_EXISTS"
  | "VERSION_INVALID"
  | "REPO_NOT_PACKAGE"
  | "REPO_NOT_PRIVATE"
  | "MANIFEST_MISSING"
  | "MANIFEST_INVALID"
  | "MANIFEST_MISMATCH"
  | "PATH_UNSAFE"
  | "PACKAGE_TOO_LARGE"
  | "INTEGRITY_MISMATCH"
  | "TOOL_NOT_FOUND"
  | "TOOL_NAME_CLASH"
  | "TOOL_FILE_INVALID"
  | "RUNTIME_UNSUPPORTED"
  | "BUNDLE_FAILED"
  | "REGISTRY_INVALID"
  | "VERSION_TOO_LOW"
  | "SECRET_FOUND";

/** Something wrong with a package or with how it is named. */
export class PackageError extends SmoltoolsError<PackageErrorCode, Record<string, unknown>> {}
