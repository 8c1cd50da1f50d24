import { readdir, readFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { writeAtomically } from "../../shared/write-atomically.ts";
import { PackageError } from "../../errors/package-error.ts";
import { agentFileName } from "../manifest/agent-manifest.ts";
import { refuseSecrets, type SecretOptions } from "../../push/secrets/refuse-secrets.ts";
import type { PackedAgent } from "./pack-agent.ts";
import { readAgentManifest } from "../manifest/read-agent-manifest.ts";
import { unlessMissing } from "../../shared/has-code.ts";

/**
 * Writes the package of an agent to a folder.
 *
 * `agent.json` comes last: a folder that was half written is refused when it is loaded, and whole again when the agent
 * is saved again. Of an agent that was saved there before, files that are no longer needed are removed; other files
 * stay.
 *
 * @param secrets - What must not be written, besides what looks like a secret.
 * @throws PackageError `SECRET_FOUND`; `REPO_NOT_PACKAGE` for a folder that holds something else.
 */
export async function writeAgent({ files }: PackedAgent, folder: string, secrets: SecretOptions = {}): Promise<void> {
  refuseSecrets(files, { env: process.env, ...secrets });
  const target = resolve(folder);
  const entries = (await unlessMissing(readdir(target))) ?? [];
  if (entries.length > 0 && !entries.includes(agentFileName)) {
    throw new PackageError(`${folder} holds something that is not a saved agent: choose an empty folder`, {
      code: "REPO_NOT_PACKAGE",
      data: { folder },
    });
  }
  const pathOf = (path: string): string => join(target, ...path.split("/"));
  const before = await savedFiles(pathOf(agentFileName), folder);
  const last = files.get(agentFileName);
  for (const [path, bytes] of files) if (path !== agentFileName) await writeAtomically(pathOf(path), bytes);
  if (last) await writeAtomically(pathOf(agentFileName), last);
  for (const path of before) if (!files.has(path)) await rm(pathOf(path), { force: true });
}

/** The files of the agent that was saved here before. What no longer reads as one has none that are known. */
async function savedFiles(path: string, folder: string): Promise<string[]> {
  try {
    return Object.keys(readAgentManifest(await readFile(path), folder).files);
  } catch {
    return [];
  }
}
