import { stringify } from "yaml";
import { permissionsText } from "../../manifest/permissions.ts";
import { type AgentDefinition, inlineAgents, type ToolRecord } from "../manifest/agent-definition.ts";
import type { AgentManifest } from "../manifest/agent-manifest.ts";
import { shorten } from "../../shared/shorten.ts";
import { hookNames } from "../manifest/hook-names.ts";

/**
 * Makes the README of an agent: the Space card that the Hub reads, the author's own text, and what it takes to run the
 * agent.
 *
 * @param manifest - Without files and integrity: the README is one of the files.
 * @param authorText - What the author says of it, in Markdown.
 */
export function agentReadme(manifest: Omit<AgentManifest, "files" | "integrity">, authorText = ""): string {
  const title = manifest.name.split("/")[1] ?? manifest.name;
  const card = {
    title,
    emoji: "🤖",
    colorFrom: "blue",
    colorTo: "green",
    sdk: "static",
    pinned: false,
    short_description: shorten(manifest.description.replace(/\s+/g, " ").trim(), 60),
    ...(manifest.license !== undefined && { license: manifest.license.toLowerCase() }),
    tags: [...new Set(["smoltools", "agent", ...(manifest.keywords ?? [])])],
  };
  const text = authorText.trim() === "" ? `# ${title}\n\n${manifest.description}` : authorText.trim();
  return `---\n${stringify(card)}---\n\n${text}\n\n${usage(manifest)}`;
}

function usage({ name, version, agent, permissions }: Omit<AgentManifest, "files" | "integrity">): string {
  const hooks = hookNames(agent);
  const given = hooks.length > 0 ? `, {\n  hooks: { ${hooks.join(", ")} },\n}` : "";
  return `## Use

\`\`\`ts
import { ${agent.class} } from "smoltools";

await using agent = await ${agent.class}.fromHub("${name}@^${version}"${given});
\`\`\`

## What it consists of

${inlineAgents(agent).map(agentText).join("\n")}

Permissions: ${permissionsText(permissions)}.
`;
}

function agentText({ class: kind, model, tools, managedAgents, options }: AgentDefinition): string {
  const packages = managedAgents.flatMap((record) => (record.kind === "package" ? [pinnedText(record)] : []));
  const lines = [
    `- ${options.name ?? "The agent"}, a ${kind} on ${model.id} (${model.provider})`,
    ...tools.map((tool) => `  - tool ${toolText(tool)}`),
    ...packages.map((text) => `  - agent ${text}`),
  ];
  return lines.join("\n");
}

function toolText(record: ToolRecord): string {
  if (record.kind === "built-in") return `${record.name}, of smoltools`;
  if (record.kind === "bundled") return `${record.tool}, in ${record.path}`;
  return `${record.tool}, of ${pinnedText(record)}`;
}

function pinnedText({ repo, version, commit }: { repo: string; version?: string; commit: string }): string {
  return `${repo} ${version ?? commit.slice(0, 12)}`;
}
