import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { canonicalJson } from "@smoltools/core";
import { type AgentInput, type AgentManifest, packAgent } from "@smoltools/hub";
import { createHash } from "node:crypto";

/** A good agent of the least that an agent has. */
const goodAgent: AgentInput = {
  name: "acme/agent",
  version: "1.0.0",
  description: "Works.",
  agent: {
    class: "CodeAgent",
    model: { provider: "openai", id: "gpt-4.1-mini", settings: {} },
    tools: [],
    managedAgents: [],
    options: {},
  },
  permissions: { net: [], env: [], read: [], write: [], run: [] },
};

/** Any part of a manifest, as an attacker writes it. */
export type Changes = Record<string, unknown>;

/** A manifest with changes, and an integrity that fits them: its author is the attacker. */
export function forged(changes: (manifest: AgentManifest) => Changes): string {
  const { manifest } = packAgent(goodAgent);
  const { integrity: _integrity, ...whole } = { ...structuredClone(manifest), ...changes(structuredClone(manifest)) };
  const integrity = `sha512-${createHash("sha512").update(canonicalJson(whole)).digest("base64")}`;
  return JSON.stringify({ ...whole, integrity });
}

/** A manifest whose agent is changed. */
export function forgedAgent(changes: Changes): string {
  return forged(({ agent }) => ({ agent: { ...agent, ...changes } }));
}

/** A folder with these files. */
export async function agentFolder(
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<AsyncDisposable & { path: string }> {
  const folder = await mkdtemp(join(tmpdir(), "smoltools-agent-"));
  const path = join(folder, "agent");
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), content);
  }
  return { path, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}
