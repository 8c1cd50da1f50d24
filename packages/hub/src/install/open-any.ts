import { isSmoltoolsError, type SandboxProvider } from "@smoltools/core";
import { beginAgent, finishAgent } from "../agents/open-from-hub.ts";
import type { LoadOptions } from "../load/load-options.ts";
import { openFromHub } from "../load/open/open-from-hub.ts";
import type { OpenOptions } from "../load/open/open-options.ts";
import { LockFile } from "../lock/lock-file.ts";
import { formatRef, type HubRef } from "../ref/ref.ts";
import type { AddedPackage } from "./installed-package.ts";

/** A package of tools or of an agent that is verified, granted what it asks for, and locked. */
export interface AnyPackage {
  added: AddedPackage;
  /** Downloads all that it needs. @returns how many files that are. */
  download(): Promise<number>;
}

/** Opens a package of a hub, whatever is in it, and locks it. */
export async function openAny(ref: HubRef, options: OpenOptions): Promise<AnyPackage> {
  if ((await lockedKind(ref, options)) === "agent") return openAnAgent(ref, options);
  try {
    return await openTools(ref, options);
  } catch (error) {
    if (!isSmoltoolsError(error, "MANIFEST_MISSING")) throw error;
    return await openAnAgent(ref, options).catch((other: unknown) => {
      throw isSmoltoolsError(other, "AGENT_FILE_MISSING") ? error : other;
    });
  }
}

async function openTools(ref: HubRef, options: OpenOptions): Promise<AnyPackage> {
  const { key, manifest, resolved, permissions, wasLocked, all } = await openFromHub(ref, options);
  const { name, version, integrity } = manifest;
  return {
    added: { ref: key, name, version, commit: resolved.commit, integrity, permissions, wasLocked },
    download: async () => (await all({ signal: options.signal })).size,
  };
}

async function openAnAgent(ref: HubRef, options: OpenOptions): Promise<AnyPackage> {
  const running = withoutSandbox(options);
  const agent = await beginAgent(ref, running);
  const { key, resolved, entry } = agent.begun;
  const opened = await finishAgent(agent, running);
  await opened.keep();
  const { repo: name, commit, version } = resolved;
  const { permissions } = opened;
  const integrity = agent.form === "smoltools" ? agent.file.manifest.integrity : agent.files.integrity;
  const pinned = { ...(version !== undefined && { version }), commit, integrity };
  return {
    added: { ref: key, kind: "agent", name, ...pinned, permissions, wasLocked: entry !== undefined },
    download: () => opened.download(),
  };
}

async function lockedKind({ tool: _tool, ...ref }: HubRef, { lockFile }: OpenOptions): Promise<string | undefined> {
  if (lockFile === undefined) return undefined;
  return (await new LockFile(lockFile).entry(formatRef(ref)))?.kind;
}

/** Of what is installed nothing runs. */
export function withoutSandbox(options: OpenOptions): LoadOptions {
  const sandbox: SandboxProvider = {
    name: "none",
    language: "javascript",
    create: () => Promise.reject(new Error("nothing of a package runs while it is installed")),
  };
  return { ...options, sandbox };
}
