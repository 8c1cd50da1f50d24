import { errorMessage, findingsText, SchemaValidator, toolNameProblem } from "@smoltools/core";
import valid from "semver/functions/valid.js";
import { AgentFileError } from "../../errors/agent-file-error.ts";
import { PackageError } from "../../errors/package-error.ts";
import { manifestIntegrity } from "../../integrity/manifest-integrity.ts";
import { checkFiles } from "../../manifest/check-files.ts";
import { packageLimits } from "../../manifest/package-limits.ts";
import { manifestName } from "../../manifest/manifest.ts";
import { isCommandLine } from "../../manifest/command-line.ts";
import { permissionProblem } from "../../manifest/permission-problem.ts";
import { isEmpty, missingPermissions, permissionKinds, permissionsText } from "../../manifest/permissions.ts";
import { readJson } from "../../manifest/read-json.ts";
import { pathProblem } from "../../manifest/safe-path.ts";
import { repoNameProblem } from "../../ref/repo-name.ts";
import { type AgentDefinition, inlineAgents } from "./agent-definition.ts";
import { agentLimits } from "./agent-limits.ts";
import { agentFileName, type AgentManifest } from "./agent-manifest.ts";
import { agentSchema } from "./agent-schema.ts";

let validator: SchemaValidator | undefined;

const classes: readonly string[] = ["CodeAgent", "ToolCallingAgent"];

/**
 * Reads the JSON of an `agent.json`, of any form.
 *
 * @throws AgentFileError `AGENT_FILE_INVALID` for what is too large or no JSON with one meaning.
 */
export function parseAgentJson(bytes: Uint8Array, source: string): unknown {
  if (bytes.byteLength > packageLimits.maxManifestBytes) {
    throw agentFileInvalid(source, `it is larger than ${packageLimits.maxManifestBytes} bytes`);
  }
  try {
    return readJson(bytes);
  } catch (cause) {
    throw agentFileInvalid(source, `it is not JSON as packages have it (${errorMessage(cause)})`, cause);
  }
}

/**
 * Reads an `agent.json` from anywhere and checks its form, its limits and its integrity: nothing in it is trusted
 * before this.
 *
 * @param bytes - The file.
 * @param source - Where it came from, for messages.
 * @throws AgentFileError `AGENT_FILE_INVALID`, `AGENT_FILE_TOO_LARGE`, `AGENT_CLASS_UNKNOWN`; PackageError `PATH_UNSAFE`,
 *   `PACKAGE_TOO_LARGE`, `INTEGRITY_MISMATCH`.
 */
export function readAgentManifest(bytes: Uint8Array, source: string): AgentManifest {
  const manifest = parseAgentJson(bytes, source);
  checkForm(manifest, source);
  checkNames(manifest, source);
  checkFiles(manifest.files, agentFileName, source);
  checkAgents(manifest, source);
  const actual = manifestIntegrity(manifest);
  if (actual === manifest.integrity) return manifest;
  throw new PackageError(
    `${agentFileName} of ${source} was changed after it was made: its content has ${actual}, it says ` +
      `${manifest.integrity}. Do not use it; ask its author to publish a new version`,
    { code: "INTEGRITY_MISMATCH", data: { source, expected: manifest.integrity, actual } },
  );
}

/** The refusal of an `agent.json`. */
export function agentFileInvalid(source: string, why: string, cause?: unknown): AgentFileError {
  return new AgentFileError(`${agentFileName} of ${source} cannot be used: ${why}`, {
    code: "AGENT_FILE_INVALID",
    data: { source },
    cause,
  });
}

/**
 * @throws AgentFileError `AGENT_CLASS_UNKNOWN` for a class that there is not.
 */
export function checkAgentClass(name: unknown, source: string): void {
  if (typeof name === "string" && classes.includes(name)) return;
  throw new AgentFileError(
    `${agentFileName} of ${source} has an agent of the class ${JSON.stringify(name)?.slice(0, 100)}: there are ${classes.join(" and ")}`,
    { code: "AGENT_CLASS_UNKNOWN", data: { source, classes } },
  );
}

function checkForm(value: unknown, source: string): asserts value is AgentManifest {
  const version = typeof value === "object" && value !== null ? (value as Partial<AgentManifest>).schemaVersion : 0;
  if (typeof version === "number" && version > 1) {
    throw agentFileInvalid(
      source,
      `its schemaVersion is ${version}; this version of smoltools reads 1. Update smoltools`,
    );
  }
  validator ??= new SchemaValidator(agentSchema);
  const findings = validator.findings(value);
  if (findings.length > 0) throw agentFileInvalid(source, `it is not the file of an agent:\n${findingsText(findings)}`);
}

function checkNames(manifest: AgentManifest, source: string): void {
  const nameProblem = repoNameProblem(manifest.name);
  if (nameProblem) throw agentFileInvalid(source, `its name ${JSON.stringify(manifest.name)} is wrong: ${nameProblem}`);
  if (valid(manifest.version) !== manifest.version) {
    throw agentFileInvalid(source, `${JSON.stringify(manifest.version)} is not a semantic version`);
  }
  for (const kind of permissionKinds) {
    for (const value of manifest.permissions[kind]) {
      // Tools that were converted from programs are granted by their command lines.
      const isOther = (kind === "net" && value === "*") || (kind === "run" && isCommandLine(value));
      const problem = isOther ? undefined : permissionProblem(kind, value);
      if (problem) throw agentFileInvalid(source, `permission ${kind} ${JSON.stringify(value)}: ${problem}`);
    }
  }
}

function checkAgents(manifest: AgentManifest, source: string): void {
  const depth = depthOf(manifest.agent);
  const agents = inlineAgents(manifest.agent);
  const tools = agents.reduce((sum, agent) => sum + agent.tools.length, 0);
  if (depth > agentLimits.maxDepth) throw tooMany(source, "agents above one another", agentLimits.maxDepth);
  if (agents.length > agentLimits.maxAgents) throw tooMany(source, "agents", agentLimits.maxAgents);
  if (tools > agentLimits.maxTools) throw tooMany(source, "tools", agentLimits.maxTools);
  for (const agent of agents) {
    checkAgentClass(agent.class, source);
    const { name } = agent.options;
    const problem = name === undefined ? undefined : toolNameProblem(name);
    if (problem) throw agentFileInvalid(source, `the agent's name ${JSON.stringify(name)} cannot be used: ${problem}`);
    for (const record of [...agent.tools, ...agent.managedAgents]) checkRecord(record, manifest, source);
  }
}

type AnyRecord = AgentDefinition["tools" | "managedAgents"][number];

/** What a part may do is a part of what the whole asks for: nobody grants what they were not shown. */
function checkRecord(record: AnyRecord, { permissions, files }: AgentManifest, source: string): void {
  if (record.kind === "package") {
    const problem = repoNameProblem(record.repo);
    if (problem) throw agentFileInvalid(source, `the name ${JSON.stringify(record.repo)} is wrong: ${problem}`);
    if (record.version !== undefined && valid(record.version) !== record.version) {
      throw agentFileInvalid(source, `${JSON.stringify(record.version)} of ${record.repo} is not a semantic version`);
    }
  }
  if (record.kind === "bundled") {
    const problem = pathProblem(record.path);
    if (problem) {
      throw new PackageError(
        `${source} has a tool at the unsafe path ${JSON.stringify(record.path)}: ${problem}. Do not use it`,
        { code: "PATH_UNSAFE", data: { source, path: record.path } },
      );
    }
    if (!Object.hasOwn(files, `${record.path}/${manifestName}`)) {
      throw agentFileInvalid(source, `${record.path}/${manifestName} is not among its files`);
    }
  }
  if (record.kind === "inline" || record.kind === "built-in") return;
  const missing = missingPermissions(record.permissions, permissions);
  if (isEmpty(missing)) return;
  throw agentFileInvalid(
    source,
    `${record.kind === "package" ? record.repo : record.path} may do what the agent does not ask for: ${permissionsText(missing)}`,
  );
}

function depthOf({ managedAgents }: AgentDefinition): number {
  const below = managedAgents.map((record) => (record.kind === "inline" ? depthOf(record.agent) : 0));
  return 1 + Math.max(0, ...below);
}

/** The error for an agent of too many parts. */
export function tooMany(source: string, what: string, limit: number): AgentFileError {
  return new AgentFileError(`${source} has more ${what} than the ${limit} that are allowed`, {
    code: "AGENT_FILE_TOO_LARGE",
    data: { source, limit },
  });
}
