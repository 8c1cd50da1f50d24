import type { JsonObject, SandboxProvider, Tool } from "@smoltools/core";
import {
  AgentFileError,
  bundledPackageOf,
  manifestName,
  openToolPackage,
  parseRef,
  type ToolPackage,
  type ToolRecord,
} from "@smoltools/hub";
import type { Report } from "../left-out.ts";
import { builtInKindOf, settingsProblem } from "../parts/built-in-tools.ts";
import { type BuiltInTool, builtInOf } from "../parts/made-with.ts";
import { describeSandbox } from "../parts/sandbox-records.ts";
import type { Saving } from "./saving.ts";

/**
 * A tool as a file has it.
 *
 * @param prefix - The folder for packages that become a part of this one: empty, or with a `/` at its end.
 * @throws AgentFileError `AGENT_NOT_SAVABLE` for a tool that has no source which could be shared; PackageError and
 *   HubError for a package that is not what it was.
 */
export async function describeTool(tool: Tool, prefix: string, saving: Saving, report: Report): Promise<ToolRecord> {
  const builtIn = builtInOf(tool);
  if (builtIn) return describeBuiltIn(builtIn, saving, report);
  const bundled = await bundledPackageOf(tool);
  if (bundled) return bundle(tool, bundled, prefix, saving);
  const { toolPackages = {} } = saving.options;
  const given = Object.hasOwn(toolPackages, tool.name) ? toolPackages[tool.name] : undefined;
  const opened = given === undefined ? await openOrigin(tool, saving) : await openToolPackage(given, saving.options);
  if (!opened.manifest.tools.some(({ name }) => name === tool.name)) {
    throw notSavable(tool.name, `${opened.manifest.name} has no tool of this name`);
  }
  if (!opened.pinned) return bundle(tool, opened, prefix, saving);
  const { manifest, pinned } = opened;
  const { permissions, integrity } = manifest;
  const { repoType, repo, commit, version } = pinned.resolved;
  saving.permit(permissions);
  saving.hubs.add(pinned.hub);
  const ref = given === undefined && tool.origin?.kind === "hub" ? tool.origin.ref : withoutTool(given ?? "");
  return {
    kind: "package",
    ref,
    repoType,
    repo,
    ...(version !== undefined && { version }),
    commit,
    integrity,
    permissions,
    tool: tool.name,
  };
}

/** The package that a tool was loaded from, if it still is what it was. */
async function openOrigin(tool: Tool, { options }: Saving): Promise<ToolPackage> {
  const { origin } = tool;
  if (origin?.kind === "folder" && origin.integrity !== undefined) {
    const opened = await openToolPackage(`file:${origin.path}`, options);
    return sameAs(origin.integrity, opened, tool);
  }
  if (origin?.kind !== "hub") throw notSavable(tool.name);
  const { hub, repo, commit, version, integrity } = origin;
  const parsed = parseRef(origin.ref);
  const type = parsed.kind === "hub" ? parsed.repoType : "space";
  // The token is for the hub that the caller names.
  const { token, hubUrl, ...further } = options;
  const connection = { ...further, hubUrl: hub, ...(token !== undefined && hubUrl === hub && { token }) };
  const opened = sameAs(integrity, await openToolPackage(`${type}s/${repo}@${commit}`, connection), tool);
  const resolved = { repoType: type, repo, commit, ...(version !== undefined && { version }) };
  return { ...opened, pinned: { hub, resolved } };
}

function sameAs(integrity: string, opened: ToolPackage, tool: Tool): ToolPackage {
  const actual = opened.manifest.integrity;
  if (actual === integrity) return opened;
  throw notSavable(tool.name, `its package was changed after it was loaded (${actual} instead of ${integrity})`);
}

async function bundle(
  tool: Tool,
  { manifest, manifestBytes, all }: Omit<ToolPackage, "pinned">,
  prefix: string,
  saving: Saving,
): Promise<ToolRecord> {
  const { name, integrity, permissions } = manifest;
  const path = saving.folders.get(integrity) ?? freeFolder(`${prefix}tools/${name.split("/")[1] ?? name}`, saving);
  if (!saving.folders.has(integrity)) {
    saving.folders.set(integrity, path);
    saving.bundled.set(`${path}/${manifestName}`, manifestBytes);
    for (const [file, bytes] of await all()) saving.bundled.set(`${path}/${file}`, bytes);
  }
  saving.permit(permissions);
  return { kind: "bundled", path, tool: tool.name, integrity, permissions };
}

/** A folder that no other package has. */
function freeFolder(path: string, { folders }: Saving): string {
  const taken = new Set(folders.values());
  let free = path;
  for (let n = 2; taken.has(free); n++) free = `${path}-${n}`;
  return free;
}

function describeBuiltIn({ name, options }: BuiltInTool, saving: Saving, report: Report): ToolRecord {
  const kind = builtInKindOf(name);
  if (!kind) throw notSavable(name);
  const settings: Record<string, JsonObject[string]> = {};
  for (const [option, value] of Object.entries(options)) {
    if (value === undefined) continue;
    if (kind.leftOut.includes(option)) {
      const why = option === "apiKey" ? "a key is never saved" : "it is a part of the program";
      const instead = option === "apiKey" ? "the key of the environment" : "the tool as it is by default";
      report.add(`tools.${name}.${option}`, why, instead);
    } else if (option === "sandbox") {
      settings[option] = { ...describeSandbox(value as SandboxProvider, report.within(`tools.${name}`)) } as JsonObject;
    } else settings[option] = value as JsonObject[string];
  }
  const problem = settingsProblem(kind, settings);
  if (problem !== "") throw notSavable(name, `it was made with what a file cannot have:\n${problem}`);
  saving.permit(kind.permissions(settings));
  return { kind: "built-in", name, settings };
}

function withoutTool(ref: string): string {
  return ref.replace(/#.*$/, "");
}

function notSavable(
  name: string,
  why = "it is a function of this program, or of another one that it asks",
): AgentFileError {
  return new AgentFileError(
    `The tool "${name}" cannot be saved: ${why}. Publish it (smoltools push) and load it with Tool.fromHub, or make a ` +
      `package of it and name its folder: toolPackages: { ${name}: "./folder" }`,
    { code: "AGENT_NOT_SAVABLE", data: { tool: name } },
  );
}
