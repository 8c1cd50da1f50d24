import { toolNameProblem } from "@smoltools/core";
import { sha256, sha512Integrity } from "../../integrity/hash.ts";
import { canonicalJson } from "@smoltools/core";
import { packageLimits } from "../../manifest/package-limits.ts";
import { tooLarge } from "../../manifest/check-files.ts";
import { agentLimits } from "../manifest/agent-limits.ts";
import { agentFileName } from "../manifest/agent-manifest.ts";
import { agentFileInvalid, parseAgentJson, tooMany } from "../manifest/read-agent-manifest.ts";
import type { AgentSource } from "../source/agent-source.ts";
import type { SmolagentsFolder } from "./smolagents-folder.ts";
import { isObject } from "../../shared/is-object.ts";

/** What {@link readSmolagents} found. */
export interface SmolagentsFiles {
  root: SmolagentsFolder;
  /** One hash over the paths and hashes of all files that were read: smolagents has none of its own. */
  integrity: string;
  /** How many files that were. */
  count: number;
}

/**
 * Reads all files of an agent that smolagents saved: `agent.json`, `tools/*.py` and, in the same way, the folders of its
 * managed agents. Nothing of them runs.
 *
 * @param accept - Throws for the bytes of a file that are not wanted.
 * @throws AgentFileError `AGENT_FILE_INVALID`, `AGENT_FILE_TOO_LARGE`; PackageError `PACKAGE_TOO_LARGE`.
 */
export async function readSmolagents(
  source: AgentSource,
  accept: (path: string, bytes: Uint8Array) => void = () => undefined,
): Promise<SmolagentsFiles> {
  const hashes: Record<string, string> = {};
  const count = { bytes: 0, agents: 0, tools: 0 };

  const read = async (path: string, maxBytes: number): Promise<Uint8Array> => {
    const bytes = await source.read(path, maxBytes, (found) => {
      accept(path, found);
      return found;
    });
    if (!bytes) throw agentFileInvalid(source.name, `${path} is missing`);
    count.bytes += bytes.byteLength;
    if (count.bytes > packageLimits.maxPackageBytes) {
      throw tooLarge(source.name, count.bytes, packageLimits.maxPackageBytes);
    }
    hashes[path] = sha256(bytes);
    return bytes;
  };

  const folder = async (prefix: string, depth: number): Promise<SmolagentsFolder> => {
    if (depth > agentLimits.maxDepth) throw tooMany(source.name, "agents above one another", agentLimits.maxDepth);
    if (++count.agents > agentLimits.maxAgents) throw tooMany(source.name, "agents", agentLimits.maxAgents);
    const place = prefix === "" ? source.name : `${source.name}, ${prefix}`;
    const file = parseAgentJson(await read(prefix + agentFileName, packageLimits.maxManifestBytes), place);
    if (!isObject(file)) throw agentFileInvalid(place, "it is not an object");
    const tools = new Map<string, string>();
    for (const name of names(file["tools"], "tools", place)) {
      if (++count.tools > agentLimits.maxTools) throw tooMany(source.name, "tools", agentLimits.maxTools);
      const bytes = await read(`${prefix}tools/${name}.py`, agentLimits.maxSourceBytes);
      tools.set(name, textOf(bytes, `tools/${name}.py`, place));
    }
    const managedAgents = new Map<string, SmolagentsFolder>();
    for (const name of names(file["managed_agents"], "managed_agents", place)) {
      managedAgents.set(name, await folder(`${prefix}managed_agents/${name}/`, depth + 1));
    }
    return { file, tools, managedAgents };
  };

  const root = await folder("", 1);
  return { root, integrity: sha512Integrity(canonicalJson(hashes)), count: Object.keys(hashes).length };
}

/** A list of names, or an object of which the keys are names. They become parts of paths. */
function names(value: unknown, member: string, place: string): string[] {
  const list = value === undefined || value === null ? [] : isObject(value) ? Object.keys(value) : value;
  if (!Array.isArray(list)) throw agentFileInvalid(place, `its ${member} are no list of names`);
  const found: unknown[] = list;
  return found.map((name) => {
    const problem = typeof name === "string" ? toolNameProblem(name) : "it is not a text";
    if (typeof name !== "string" || problem !== undefined) {
      throw agentFileInvalid(place, `its ${member} name ${JSON.stringify(name)?.slice(0, 100)}: ${problem}`);
    }
    return name;
  });
}

function textOf(bytes: Uint8Array, path: string, place: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw agentFileInvalid(place, `${path} is not UTF-8`, cause);
  }
}
