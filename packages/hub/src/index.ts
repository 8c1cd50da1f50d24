// The public API of @smoltools/hub. Adding a name here makes it public: named exports only.

export { FetchError, type FetchErrorCode } from "./errors/fetch-error.ts";
export { ArchiveError, type ArchiveErrorCode } from "./errors/archive-error.ts";
export { HubError, type HubErrorCode } from "./errors/hub-error.ts";
export { LockError, type LockErrorCode } from "./errors/lock-error.ts";
export { MissingLibraryError } from "./errors/import-optional.ts";
export { PackageError, type PackageErrorCode } from "./errors/package-error.ts";
export { PermissionError, type PermissionErrorCode } from "./errors/permission-error.ts";
export { SignatureError, type SignatureErrorCode } from "./errors/signature-error.ts";

export { parseRef, type ParseRefOptions } from "./ref/parse-ref.ts";
export { type FolderRef, formatRef, type HubRef, type Ref, type RepoType } from "./ref/ref.ts";

export {
  type Manifest,
  type ManifestFile,
  manifestName,
  type ManifestTool,
  type PackageRuntime as PackageRuntimeKind,
  type ToolExample,
} from "./manifest/manifest.ts";
export { type ManifestSource, type McpServerName } from "./manifest/manifest-source.ts";
export { commandLine } from "./manifest/command-line.ts";
export { sourceCommand, sourceProblem, sourceVariables } from "./manifest/source-problem.ts";
export { sourceText } from "./manifest/source-text.ts";
export { type PackageLimits, packageLimits } from "./manifest/package-limits.ts";
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
export type { LoadWarning, LoadWarningCode, WarningOptions } from "./resolve/load-warning.ts";
export { type PublishedPackage, readPublished } from "./resolve/published-package.ts";
export type { ResolvedRef } from "./ref/resolved-ref.ts";
export { type ResolveOptions, resolveRef } from "./resolve/resolve-ref.ts";
export { publishDates } from "./registry/publish-dates.ts";
export { type PublishedVersion, publishedVersions } from "./registry/published-versions.ts";

export { searchPackages } from "./search/search-packages.ts";
export type { FacetCount, FoundPackage, SearchOptions, SearchSummary } from "./search/search-options.ts";
export type { ToolFacts, ValueFacts } from "./shared/tool-facts.ts";

export { type Bundle, type BundleOptions, bundleTools } from "./pack/bundle-tools.ts";
export { entryPath, packPackage, type PackedPackage, type PackInput } from "./pack/pack-package.ts";
export type { SpaceSdk } from "./pack/package-readme.ts";
export type { SourceTool, ToolCallForm } from "./pack/tool-call.ts";
export { pushPackage, toolPackages } from "./push/push-package.ts";
export type { PackageManifest } from "./manifest/package-manifest.ts";
export type { PackageKind, Publication } from "./push/publication.ts";
export { publish } from "./push/publish.ts";
export type { Allowance, PushOptions, PushResult } from "./push/push-options.ts";
export { findingText } from "./push/version-gate.ts";
export { refuseSecrets, type SecretOptions } from "./push/secrets/refuse-secrets.ts";
export type { SecretFinding } from "./push/secrets/secret-finding.ts";

export { readRegistry } from "./registry/read-registry.ts";
export { type Deprecation, type RegistryFile, type VersionStatus, type Withdrawal } from "./registry/registry-file.ts";
export type { RegistryChange } from "./registry/change-registry.ts";
export { unyankVersion, yankVersion, type YankOptions } from "./registry/yank-version.ts";
export { type DeprecateOptions, deprecateVersions, undeprecateVersions } from "./registry/deprecate-versions.ts";

export { diffRefs, type DiffRefsOptions } from "./diff/diff-refs.ts";
export { diffPackages, type DiffOptions, type PackageContents, type PackageDiff } from "./diff/package-diff.ts";
export type { FileChange } from "./diff/file-change.ts";
export { type TextDiff, textDiff } from "./diff/text-diff.ts";

export { defaultCacheDir } from "./cache/cache-paths.ts";
export { PackageCache } from "./cache/package-cache.ts";
export { type FetchedPackage, fetchPackage } from "./load/open/fetch-package.ts";
export { chooseTool } from "./load/choose-tool.ts";
export { HubTool } from "./load/hub-tool.ts";
export {
  type InspectedPackage,
  type InspectedVersions,
  inspectPackage,
  type InspectOptions,
} from "./load/inspect-package.ts";
export type { LoadedPackage } from "./load/loaded-package.ts";
export type { LoadOptions, Runtimes } from "./load/load-options.ts";
export type { McpProgram, StartMcpProgram } from "./load/engine/mcp-program.ts";
export type { PythonFileTool, PythonToolFile, PythonToolRuntime } from "./load/python/python-runtime.ts";
export { requirementNames } from "./load/python/requirement-names.ts";
export { startToolFile, type StartableToolFile } from "./load/python/start-tool-file.ts";
export { toolFileName } from "./load/python/tool-file-manifest.ts";
export { openFromHub, type OpenedPackage } from "./load/open/open-from-hub.ts";
export type { OpenOptions } from "./load/open/open-options.ts";
export { loadPackage } from "./load/load-package.ts";
export { loadTool } from "./load/load-tool.ts";
export { type LockData, type LockEntry, lockFileName } from "./lock/lock-data.ts";
export { LockFile } from "./lock/lock-file.ts";
export { lockedTools } from "./lock/locked-tools.ts";
export { type Grant, type GrantRequest } from "./permissions/grant-permissions.ts";
export { hostFetch, type HostFetchOptions } from "./permissions/fetch/host-fetch.ts";
export type { ResolveName } from "./permissions/fetch/pinned-lookup.ts";

export { compareManifests } from "./compat/compare-manifests.ts";
export type { Bump, Compatibility, Finding } from "./compat/compatibility.ts";
export { leastVersion } from "./compat/least-version.ts";

export {
  type AgentClass,
  type AgentDefinition,
  type AgentOptionsRecord,
  type HookRecord,
  inlineAgents,
  type LockedPackage,
  type ManagedAgentRecord,
  type ModelRecord,
  type PromptRecord,
  type SandboxRecord,
  type ToolRecord,
} from "./agents/manifest/agent-definition.ts";
export { type AgentLimits, agentLimits } from "./agents/manifest/agent-limits.ts";
export { agentFileName, type AgentManifest } from "./agents/manifest/agent-manifest.ts";
export { AgentPackage } from "./agents/agent-package.ts";
export { bundledPackageOf } from "./agents/bundled-package.ts";
export { grantAgent } from "./agents/grant-agent.ts";
export { hookNames, hookUses } from "./agents/manifest/hook-names.ts";
export { inspectAgent, type InspectedAgent } from "./agents/inspect-agent.ts";
export { openAgent, openAgentFolder } from "./agents/open-agent.ts";
export { openToolPackage, type ToolPackage } from "./agents/pack/open-tool-package.ts";
export { type AgentInput, packAgent, type PackedAgent } from "./agents/pack/pack-agent.ts";
export { pushAgent } from "./agents/pack/push-agent.ts";
export { checkAgentClass, readAgentManifest } from "./agents/manifest/read-agent-manifest.ts";
export type { SmolagentsFolder } from "./agents/smolagents/smolagents-folder.ts";
export { SmolagentsPackage } from "./agents/smolagents/smolagents-package.ts";
export { writeAgent } from "./agents/pack/write-agent.ts";
export { type Collection, type CollectionItem, fetchCollection } from "./collection/collection.ts";
export { type CollectionOptions, type SkippedItem, ToolCollection } from "./collection/tool-collection.ts";
export { AgentFileError, type AgentFileErrorCode } from "./errors/agent-file-error.ts";

export { archivedManifest, type ArchivedPackage, archivedPackage } from "./archive/archived-package.ts";
export { type Archive, type ArchivePart } from "./archive/archive-part.ts";
export { type ArchiveLimits, archiveLimits } from "./archive/archive-limits.ts";
export { readArchive, type ReadArchiveOptions } from "./archive/read-archive.ts";
export { saveArchive } from "./archive/save-archive.ts";
export { writeArchive } from "./archive/write-archive.ts";
export { packArchive, type PackArchiveOptions } from "./bundle/pack-archive.ts";
export { pushArchive } from "./bundle/push-archive.ts";

export { configFolder } from "./signing/config-folder.ts";
export { revokeKey, trustKey, untrustKey } from "./signing/change-trust.ts";
export { createKey, type KeyStoreOptions, listKeys, readKey } from "./signing/key-store.ts";
export { parsePublicKey, type PublicKey } from "./signing/public-key.ts";
export { declareSigners, type Signer, signerFor, withSigners } from "./signing/signer.ts";
export type { SignatureOptions } from "./signing/signature-options.ts";
export { type SignaturePolicy, type SignedPackage } from "./signing/signature-policy.ts";
export { signaturePath } from "./signing/signature-path.ts";
export {
  defaultTrustFile,
  type KeyOwner,
  keysOf,
  type TrustData,
  type TrustedKey,
  TrustFile,
} from "./signing/trusted-keys.ts";

export { addPackages } from "./install/add-packages.ts";
export { type InstallOptions, installPackages, type InstallResult } from "./install/install-packages.ts";
export type { AddedPackage, InstalledPackage } from "./install/installed-package.ts";
export { listOutdated, type OutdatedOptions, type OutdatedRef, type OutdatedResult } from "./install/list-outdated.ts";
export {
  type PackageUpdate,
  type UpdateOptions,
  updatePackages,
  type UpdatePoint,
  type UpdateResult,
} from "./install/update-packages.ts";
export { type AuditCode, type AuditFinding, severities, type Severity } from "./audit/audit-finding.ts";
export { type AuditOptions, auditPackages, type AuditResult } from "./audit/audit-packages.ts";
export { cleanCache, type CleanOptions, type CleanResult, type RemovedCommit } from "./cache/clean-cache.ts";
export { type CachedPackage, type CacheOptions, listCache } from "./cache/list-cache.ts";
export { type CacheVerification, type DamagedFile, verifyCache } from "./cache/verify-cache.ts";
