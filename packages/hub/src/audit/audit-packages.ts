import { PackageCache } from "../cache/package-cache.ts";
import { HubClient } from "../http/hub-client.ts";
import { chooseLocked } from "../install/choose-locked.ts";
import type { OutdatedOptions } from "../install/list-outdated.ts";
import { PublishedOnce } from "../install/published-once.ts";
import { mapLimited } from "../shared/map-limited.ts";
import type { SignatureOptions } from "../signing/signature-options.ts";
import { type AuditFinding, severities } from "./audit-finding.ts";
import { checkAgent } from "./check-agent.ts";
import { checkContent } from "./check-content.ts";
import { checkGrowth } from "./check-growth.ts";
import { checkStatus } from "./check-status.ts";

/** How many packages are looked at at the same time. */
const parallelPackages = 4;

/** Options of {@link auditPackages}. */
export interface AuditOptions extends OutdatedOptions, Omit<SignatureOptions, "onWarning"> {
  /** Folder of the download cache. */
  cacheDir?: string;
  env?: Readonly<Record<string, string | undefined>>;
}

/** What {@link auditPackages} found. */
export interface AuditResult {
  /** The worst first. */
  findings: AuditFinding[];
  /** How many refs were looked at. */
  count: number;
  /** Refs that are locked to other hubs, and were not looked at. */
  otherHubs: string[];
}

/**
 * Looks for what is wrong with the packages of a lock file: tags that moved, versions that were withdrawn, content that is
 * not what was locked, on the hub and in the cache, signatures that do not hold, and permissions that an update would add.
 *
 * @param refs - Absent for all.
 * @throws LockError; HubError when the hub cannot be asked: nothing found is not the same as nothing wrong.
 */
export async function auditPackages(refs: readonly string[] | undefined, options: AuditOptions): Promise<AuditResult> {
  const client = new HubClient(options);
  const cache = new PackageCache(options.cacheDir, client.hubUrl);
  const { locked, otherHubs } = await chooseLocked(options.lockFile, refs, client.hubUrl);
  const published = new PublishedOnce(client, options);
  const place = { client, cache, options };
  const found = await mapLimited(locked, parallelPackages, async (each) => {
    const isAgent = each.entry.kind === "agent";
    const status = await checkStatus(each, published);
    const content = await (isAgent ? checkAgent(each, place) : checkContent(each, place));
    const growth = status.published && !isAgent ? await checkGrowth(each, status.published, place) : [];
    return [...status.findings, ...content, ...growth];
  });
  const findings = found.flat().sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
  return { findings, count: locked.length, otherHubs };
}
