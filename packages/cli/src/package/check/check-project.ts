import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { errorMessage, isSmoltoolsError } from "@smoltools/core";
import {
  type Grant,
  type HubConnection,
  loadPackage,
  type LoadOptions,
  permissionsText,
  refuseSecrets,
} from "@smoltools/hub";
import { deriveFile, type DeriveResult } from "../../derive/index.ts";
import type { ProjectSource } from "../../project/project-source.ts";
import { buildPackage, type BuiltPackage } from "../build-package.ts";
import { localName } from "../local-name.ts";
import { runExamples } from "../examples/run-examples.ts";
import { versionToFollow } from "../version-to-follow.ts";
import { temporaryPackage } from "../write-package.ts";
import type { CheckFinding, CheckReport } from "./check-report.ts";
import { checkVersion } from "./check-version.ts";
import { sourceFinding } from "./source-finding.ts";
import { undeclaredFetch } from "./undeclared-fetch.ts";

/** Options of {@link checkProject}. */
export interface CheckOptions {
  /** The hub, the sandboxes, the environment whose secrets are looked for. */
  load: LoadOptions;
  version: string | undefined;
  /** Do not ask the hub. */
  offline: boolean;
  /** Fingerprints of findings that are no secrets. */
  allowSecrets: readonly string[];
  /** What examples may do of what the package declares. */
  grant: Grant | undefined;
  signal: AbortSignal;
  /** Told what was built, before it is tried. */
  onBuilt?: (built: BuiltPackage) => void;
}

/** Steps of a check, for showing progress. */
export type CheckStep = "deriving" | "bundling" | "running the examples" | "looking for secrets" | "asking the hub";

/**
 * Looks for everything that would keep the tools of a source file from being published, or that users would meet: as
 * much of it in one run as can be known.
 */
export async function checkProject(
  { file, name }: ProjectSource,
  options: CheckOptions,
  onStep: (step: CheckStep) => void = () => {},
): Promise<CheckReport> {
  const report: CheckReport = { file, ok: false, findings: [], examples: [], skipped: [] };
  onStep("deriving");
  const derived = file.endsWith(".py") ? undefined : await deriveFile(file);
  if (derived) {
    report.findings.push(...derived.problems.map((problem) => sourceFinding(problem, "problem")));
    report.findings.push(...derived.warnings.map((problem) => sourceFinding(problem, "warning")));
  }
  options.signal.throwIfAborted();
  onStep("bundling");
  const isSound = report.findings.every(({ severity }) => severity === "warning");
  const followed = isSound && name !== undefined ? await followedVersion(file, name, options) : undefined;
  const version = options.version ?? followed;
  const built = isSound ? await build(file, name, derived, { ...options, version }, report) : undefined;
  if (built) {
    options.onBuilt?.(built);
    report.findings.push(...undeclaredFetch(built));
    onStep("running the examples");
    await checkExamples(built, options, report);
  }
  onStep("looking for secrets");
  const files = built?.packed.files ?? new Map([[file, await readFile(file)]]);
  report.findings.push(...secretsIn(files, options));
  if (built) {
    onStep("asking the hub");
    await compare(built, { name, isVersionGiven: followed === undefined }, options, report);
  } else {
    report.skipped.push("the bundle, the examples and the version, because of the problems");
  }
  report.ok = report.findings.every(({ severity }) => severity === "warning");
  return report;
}

async function build(
  file: string,
  name: string | undefined,
  derived: DeriveResult | undefined,
  { load, version, signal }: CheckOptions,
  report: CheckReport,
): Promise<BuiltPackage | undefined> {
  try {
    const { sandbox, runtimes } = load;
    const built = await buildPackage(file, {
      name: name ?? localName(file),
      version,
      sandbox,
      ...(runtimes && { runtimes }),
      signal,
      derived,
    });
    const { tools, permissions, runtime } = built.packed.manifest;
    Object.assign(report, { tools, permissions, runtime, bundleBytes: built.bundleBytes });
    return built;
  } catch (error) {
    signal.throwIfAborted();
    if (!isSmoltoolsError(error)) throw error;
    report.findings.push({ severity: "problem", code: error.code, message: errorMessage(error) });
    return undefined;
  }
}

async function checkExamples(
  { packed, derived }: BuiltPackage,
  { load, grant, signal }: CheckOptions,
  report: CheckReport,
): Promise<void> {
  const calls = derived.flatMap(({ name, exampleCalls }) => exampleCalls.map((call) => ({ tool: name, ...call })));
  if (calls.length === 0) return;
  const declared = permissionsText(packed.manifest.permissions);
  if (declared !== "none" && grant === undefined) {
    report.skipped.push(`the examples, because the tools want ${declared}: --yes grants that and runs them`);
    return;
  }
  await using folder = await temporaryPackage(packed.files);
  await using loaded = await loadPackage(folder.path, { ...load, ...(grant && { permissions: grant }), signal });
  const examples = calls.map(({ place: _place, ...example }) => example);
  report.examples = await runExamples(examples, loaded.tools, signal);
  for (const [index, { passed, tool, problem = "" }] of report.examples.entries()) {
    const place = calls[index]?.place;
    if (passed) continue;
    report.findings.push({
      severity: "problem",
      code: "EXAMPLE_FAILED",
      message: `An example of ${tool} fails: ${problem}`,
      fix: "mend the example or the tool",
      ...(place && { place }),
    });
  }
}

function secretsIn(files: Iterable<readonly [string, Uint8Array]>, options: CheckOptions): CheckFinding[] {
  const { load, allowSecrets } = options;
  const token = typeof load.token === "string" ? load.token : undefined;
  try {
    refuseSecrets(files, { allowed: allowSecrets, env: load.env ?? {}, token });
    return [];
  } catch (error) {
    if (!isSmoltoolsError(error, "SECRET_FOUND")) throw error;
    const fix = "remove it, and revoke it if it was ever shared; --allow-secret <fingerprint> if it is none";
    return [{ severity: "problem", code: error.code, message: errorMessage(error).split("\nRemove it")[0] ?? "", fix }];
  }
}

/** The version that the package is compared with, where nobody says which one it has. */
function followedVersion(
  file: string,
  name: string,
  { load, version, offline, signal }: CheckOptions,
): Promise<string | undefined> | undefined {
  return offline ? undefined : versionToFollow({ file, name, given: version }, connectionOf(load), signal);
}

function connectionOf({ sandbox: _sandbox, runtimes: _runtimes, ...connection }: LoadOptions): HubConnection {
  return connection;
}

async function compare(
  { packed }: BuiltPackage,
  { name, isVersionGiven }: { name: string | undefined; isVersionGiven: boolean },
  { load, offline, signal }: CheckOptions,
  report: CheckReport,
): Promise<void> {
  if (name === undefined) {
    report.skipped.push(
      `the published version of ${basename(report.file)}, because nothing says its name: --name owner/name`,
    );
    return;
  }
  if (offline) {
    report.skipped.push("the published version, because of --offline");
    return;
  }
  const outcome = await checkVersion(packed, connectionOf(load), isVersionGiven, signal);
  if ("version" in outcome) report.version = outcome.version;
  else if ("finding" in outcome) report.findings.push(outcome.finding);
  else report.skipped.push(outcome.skipped);
}
