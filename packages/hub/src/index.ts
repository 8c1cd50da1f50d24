// The public API of @smoltools/hub. Adding a name here makes it public: named exports only.

export { FetchError, type FetchErrorCode } from "./errors/fetch-error.ts";
export { HubError, type HubErrorCode } from "./errors/hub-error.ts";
export { LockError, type LockErrorCode } from "./errors/lock-error.ts";
export { MissingLibraryError } from "./errors/optional-import.ts";
export { PackageError, type PackageErrorCode } from "./errors/package-error.ts";
export { PermissionError, type PermissionErrorCode } from "./errors/permission-error.ts";

export { parseRef } from "./ref/parse-ref.ts";
export { type FolderRef, formatRef, type HubRef, type Ref, type RepoType } from "./ref/ref.ts";

export {
  type Manifest,
  type ManifestFile,
  manifestName,
  type ManifestTool,
  type PackageRuntime as PackageRuntimeKind,
  type ToolExample,
} from "./manifest/manifest.ts";
export { type PackageLimits, packageLimits } from "./manifest/limits.ts";
export { permissionProblem } from "./manifest/permission-problem.ts";
export { type Permissions, permissionKinds, permissionsText } from "./manifest/permissions.ts";
export { readManifest } from "./integrity/read-manifest.ts";

export {
  defaultHubUrl,
  type HubCallOptions,
  HubClient,
  type HubConnection,
  type HubGitRef,
  type HubTreeEntry,
  type Repo,
} from "./http/hub-client.ts";
export { type HubFetchOptions, hubFetch } from "./http/hub-fetch.ts";
export { type ResolvedRef, resolveRef } from "./resolve/resolve.ts";
export { type PublishedVersion, publishedVersions } from "./resolve/versions.ts";

export { type Bundle, type BundleOptions, bundleTools } from "./pack/bundle.ts";
export { entryPath, packPackage, type PackedPackage, type PackInput } from "./pack/pack.ts";
export type { SourceTool, ToolCallForm } from "./pack/tool-call.ts";
export { pushPackage, type PushOptions, type PushResult } from "./push/push-package.ts";

export { defaultCacheDir } from "./cache/cache-paths.ts";
export { PackageCache } from "./cache/package-cache.ts";
export { type FetchedPackage, fetchPackage } from "./load/fetch-package.ts";
export { chooseTool } from "./load/choose-tool.ts";
export { HubTool } from "./load/hub-tool.ts";
export { type InspectedPackage, inspectPackage, type InspectOptions } from "./load/inspect-package.ts";
export type { LoadedPackage } from "./load/loaded-package.ts";
export type { LoadOptions } from "./load/load-options.ts";
export { loadPackage } from "./load/load-package.ts";
export { loadTool } from "./load/load-tool.ts";
export { type LockData, type LockEntry, LockFile, lockFileName } from "./lock/lock-file.ts";
export { type Grant } from "./permissions/grant.ts";
export { hostFetch, type HostFetchOptions } from "./permissions/fetch/host-fetch.ts";
export type { ResolveName } from "./permissions/fetch/pinned-lookup.ts";
