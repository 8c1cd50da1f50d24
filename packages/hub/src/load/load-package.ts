import type { SandboxLimits, SandboxProvider, ToolOrigin } from "@smoltools/core";
import { PackageCache } from "../cache/package-cache.ts";
import { LockError } from "../errors/lock-error.ts";
import { PackageError } from "../errors/package-error.ts";
import { type HubCallOptions, HubClient, type HubConnection } from "../http/hub-client.ts";
import { checkLock } from "../lock/check-lock.ts";
import { lockEntry, resolvedFromLock } from "../lock/lock-entry.ts";
import { type LockEntry, LockFile } from "../lock/lock-file.ts";
import type { Manifest } from "../manifest/manifest.ts";
import type { Permissions } from "../manifest/permissions.ts";
import { type Grant, grantPermissions } from "../permissions/grant.ts";
import { parseRef } from "../ref/parse-ref.ts";
import { formatRef, type HubRef } from "../ref/ref.ts";
import { type ResolvedRef, resolveRef } from "../resolve/resolve.ts";
import { checkEngine } from "./check-engine.ts";
import { checkTag } from "./check-tag.ts";
import { type FetchedPackage, fetchPackage } from "./fetch-package.ts";
import { readFolder } from "./read-folder.ts";
import { HubTool } from "./hub-tool.ts";
import { PackageRuntime } from "./package-runtime.ts";

/** Options of {@link loadPackage} and `loadTool`. */
export interface LoadOptions extends HubConnection, HubCallOptions {
  /** Where the package's code runs. */
  sandbox: SandboxProvider;
  /** What the package may do, if it declares it: named permissions, or `"declared"` for all that it declares. Nothing by default. */
  permissions?: Grant;
  /**
   * Path of a lock file. A ref that it holds is loaded exactly as locked; another one is resolved and added to it.
   * Without a lock file every load resolves anew.
   */
  lockFile?: string;
  /** Resolve anew what the lock file holds, and lock the result. Permissions must be granted again. @default false */
  update?: boolean;
  /** Refuse refs that the lock file does not hold. @default false */
  frozen?: boolean;
  /** Folder of the download cache. @default the cache of the Hub's official clients */
  cacheDir?: string;
  /** Limits of the sandbox that differ from the default ones. */
  limits?: Partial<SandboxLimits>;
  /** Most calls of the package's tools that run at the same time. @default 4 */
  maxConcurrency?: number;
  /** Where permitted environment variables are read. @default process.env */
  env?: Readonly<Record<string, string | undefined>>;
}

/** A package that was loaded: its tools, and what is known of it. */
export interface LoadedPackage extends AsyncDisposable {
  manifest: Manifest;
  /** The commit and version, for packages of a hub. */
  resolved?: ResolvedRef;
  /** What it may do. */
  permissions: Permissions;
  tools: HubTool[];
  /** Downloads and verifies all files that are not in the cache yet; returns how many the package has. */
  download(): Promise<number>;
}

/**
 * Loads a package: finds its version, verifies what it downloads, checks what it may do. Nothing of it runs on the
 * host; its code runs in the sandbox when a tool is called.
 *
 * @param ref - `owner/name@range`, or a folder; see `parseRef`.
 * @throws PackageError, LockError, PermissionError, HubError; see their tables of codes.
 */
export async function loadPackage(ref: string, options: LoadOptions): Promise<LoadedPackage> {
  const { maxConcurrency = 4 } = options;
  if (!Number.isInteger(maxConcurrency) || maxConcurrency < 1) {
    throw new RangeError(`maxConcurrency is ${maxConcurrency}: it must be a whole number of at least 1`);
  }
  const parsed = parseRef(ref);
  if (parsed.kind === "hub") return loadFromHub(parsed, options);
  if (options.frozen) throw notLocked(ref, options.lockFile);
  return loadFolder(parsed.path, options);
}

async function loadFolder(path: string, options: LoadOptions): Promise<LoadedPackage> {
  const fetched = await readFolder(path);
  const { name, permissions: declared } = fetched.manifest;
  const permissions = grantPermissions(name, declared, options.permissions);
  const origin: ToolOrigin = { kind: "folder", path, integrity: fetched.manifest.integrity };
  return start(fetched, permissions, origin, options);
}

async function loadFromHub(ref: HubRef, options: LoadOptions): Promise<LoadedPackage> {
  const client = new HubClient(options);
  const cache = new PackageCache(options.cacheDir, client.hubUrl);
  const lock = options.lockFile === undefined ? undefined : new LockFile(options.lockFile);
  const { tool: _tool, ...withoutTool } = ref;
  const key = formatRef(withoutTool);
  const entry = options.update ? undefined : await lock?.entry(key);
  if (!entry && options.frozen) throw notLocked(key, options.lockFile);
  if (entry && entry.hub !== client.hubUrl) throw otherHub(key, entry, client);
  const resolved = entry ? resolvedFromLock(key, ref, entry) : await resolveRef(client, ref, options);
  if (entry) await checkTag(client, cache, resolved, options);
  const fetched = await fetchPackage(client, cache, resolved, {
    signal: options.signal,
    ...(entry && { accept: (manifest: Manifest) => checkLock(key, entry, manifest) }),
  });
  const { manifest } = fetched;
  // What was granted when it was locked holds, unless the caller now grants less.
  const permissions = grantPermissions(key, manifest.permissions, options.permissions ?? entry?.permissions);
  if (!entry) {
    await cache.writeRef(resolved);
    await lock?.write(key, lockEntry(client.hubUrl, resolved, manifest));
  }
  const origin: ToolOrigin = {
    kind: "hub",
    hub: client.hubUrl,
    ref: key,
    repo: resolved.repo,
    ...(resolved.version !== undefined && { version: resolved.version }),
    commit: resolved.commit,
    integrity: manifest.integrity,
  };
  return { ...start(fetched, permissions, origin, options), resolved };
}

function start(
  { manifest, file, all }: Pick<FetchedPackage, "manifest" | "file" | "all">,
  permissions: Permissions,
  origin: ToolOrigin,
  options: LoadOptions,
): LoadedPackage {
  const source = `${manifest.name}@${manifest.version}`;
  checkEngine(manifest, source);
  if (manifest.runtime !== "js" || permissions.read.length + permissions.write.length + permissions.run.length > 0) {
    const needs = manifest.runtime === "js" ? "files or programs" : manifest.runtime;
    throw new PackageError(`${source} needs ${needs}, which the sandbox ${options.sandbox.name} cannot give it`, {
      code: "RUNTIME_UNSUPPORTED",
      data: { source, runtime: manifest.runtime, sandbox: options.sandbox.name },
    });
  }
  const runtime = new PackageRuntime({
    sandbox: options.sandbox,
    code: once(async () => new TextDecoder().decode(await file(manifest.entry))),
    permissions,
    limits: options.limits,
    maxConcurrency: options.maxConcurrency ?? 4,
    env: options.env ?? process.env,
  });
  return {
    manifest,
    permissions,
    tools: manifest.tools.map((declaration) => new HubTool(declaration, origin, runtime)),
    download: async () => (await all()).size,
    [Symbol.asyncDispose]: () => runtime.dispose(),
  };
}

/** Does asynchronous work once; a failure is not kept, so that the next caller tries again. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= work().catch((error: unknown) => {
      result = undefined;
      throw error;
    });
    return result;
  };
}

function notLocked(ref: string, path: string | undefined): LockError {
  return new LockError(`${ref} is not in ${path ?? "a lock file"}, which is frozen: add it with smoltools pull`, {
    code: "LOCK_ENTRY_MISSING",
    data: { ref, path },
  });
}

function otherHub(ref: string, entry: LockEntry, client: HubClient): LockError {
  return new LockError(
    `${ref} is locked to ${entry.hub}, not ${client.hubUrl}: set the hub's address, or lock it anew`,
    {
      code: "LOCK_INTEGRITY",
      data: { ref, locked: entry.hub, hub: client.hubUrl },
    },
  );
}
