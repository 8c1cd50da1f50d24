import semver from "semver";
import { permissionNames } from "../../shared/permission-names.ts";
import { toolFacts } from "../../shared/tool-facts.ts";
import { isReleaseTag } from "../repo/release-tag.ts";
import type { Ref, RepoStore } from "../storage/hub-storage.ts";
import type { IndexedPackage } from "./indexed-repo.ts";
import { isObject } from "../../shared/is-object.ts";
import { readText } from "../storage/read-text.ts";
import { parseJson } from "../../shared/parse-json.ts";

/** Largest `tool.json`, `agent.json` and `registry.json` that are read: what the client reads at most. */
const maxFileBytes = 1024 * 1024;
const maxTools = 100;
const maxTexts = 100;
const maxText = 2_000;

/**
 * Reads what the newest version of a package says of itself: the one that a client would choose, so neither a
 * prerelease nor a yanked one, while there is another.
 *
 * @param head - The commit of the default branch, which holds `registry.json`.
 * @param tags - All tags of the repo.
 */
export async function readPackage(
  repo: RepoStore,
  head: string,
  tags: readonly Ref[],
): Promise<IndexedPackage | undefined> {
  const releases = tags.filter(({ name }) => isReleaseTag(name));
  if (releases.length === 0) return undefined;
  const registry = await readJson(repo, head, "registry.json");
  const newest = newestRelease(releases, (version) => isObject(versionOf(registry, version)["yanked"]));
  if (!newest) return undefined;
  const tools = await readJson(repo, newest.commit, "tool.json");
  const manifest = tools ?? (await readAgent(repo, newest.commit));
  if (!manifest) return undefined;
  const version = newest.name.slice(1);
  const deprecated = deprecation(versionOf(registry, version)) ?? deprecation(registry);
  const { license } = manifest;
  return {
    version,
    ...(!tools && { kind: "agent" as const }),
    description: text(manifest["description"]),
    keywords: texts(manifest["keywords"]),
    ...(typeof license === "string" && { license: text(license) }),
    runtime: text(manifest["runtime"]),
    permissions: permissionNames(permissionLists(manifest["permissions"])),
    tools: (Array.isArray(manifest["tools"]) ? manifest["tools"].slice(0, maxTools) : []).map(toolFacts),
    ...(deprecated !== undefined && { deprecated }),
  };
}

/** An agent of smoltools, with its tools as far as their names go; one that smolagents saved is no package. */
async function readAgent(repo: RepoStore, commit: string): Promise<Record<string, unknown> | undefined> {
  const manifest = await readJson(repo, commit, "agent.json");
  if (manifest?.["schemaVersion"] !== 1) return undefined;
  const agent = isObject(manifest["agent"]) ? manifest["agent"] : {};
  const records: unknown[] = Array.isArray(agent["tools"]) ? agent["tools"] : [];
  const tools = records.filter(isObject).map(({ tool, name }) => ({ name: tool ?? name }));
  return { ...manifest, runtime: "", tools };
}

function newestRelease(releases: readonly Ref[], isYanked: (version: string) => boolean): Ref | undefined {
  const sorted = releases.toSorted((a, b) => semver.rcompare(a.name.slice(1), b.name.slice(1)));
  const good = sorted.filter(({ name }) => !isYanked(name.slice(1)));
  return good.find(({ name }) => semver.prerelease(name.slice(1)) === null) ?? good[0] ?? sorted[0];
}

/** The kinds of permissions that there are; what else a manifest names is none. */
const permissionKinds = ["net", "env", "read", "write", "run"];

function permissionLists(permissions: unknown): Record<string, string[]> {
  const asked = isObject(permissions) ? permissions : {};
  return Object.fromEntries(permissionKinds.map((kind) => [kind, texts(asked[kind])]));
}

function versionOf(registry: Record<string, unknown> | undefined, version: string): Record<string, unknown> {
  const versions = registry?.["versions"];
  const found = isObject(versions) && Object.hasOwn(versions, version) ? versions[version] : undefined;
  return isObject(found) ? found : {};
}

function deprecation(status: Record<string, unknown> | undefined): string | undefined {
  const deprecated = status?.["deprecated"];
  return isObject(deprecated) ? text(deprecated["message"]) : undefined;
}

/** A JSON object in a file; `undefined` when there is none that can be read. */
async function readJson(repo: RepoStore, commit: string, path: string): Promise<Record<string, unknown> | undefined> {
  const value = parseJson((await readText(repo, commit, path, maxFileBytes)) ?? "");
  return isObject(value) ? value : undefined;
}

function text(value: unknown): string {
  return typeof value === "string" ? value.slice(0, maxText) : "";
}

function texts(value: unknown): string[] {
  const list: unknown[] = Array.isArray(value) ? value.slice(0, maxTexts) : [];
  return list.filter((item) => typeof item === "string").map((item) => item.slice(0, maxText));
}
