import { docText } from "../../schema/typescript/doc-text.ts";
import { typeText } from "../../schema/typescript/type-text.ts";
import type { ToolDeclaration } from "../../tool/tool.ts";
import type { Agent } from "../agent.ts";
import { agentTitle } from "./agent-title.ts";
import { start } from "./excerpt.ts";
import { literalLine } from "./literal-text.ts";

/** Longest line of the tree, in characters, without what leads to it. */
const maxLine = 120;

/** One entry, with those below it. */
interface Branch {
  readonly text: string;
  readonly below: readonly Branch[];
}

/**
 * An agent as a tree of text: its model, its tools with their parameters, and the agents that it manages, with theirs.
 *
 * @example
 * process.stdout.write(`${agentTree(agent)}\n`);
 */
export function agentTree(agent: Agent): string {
  return lines(agentBranch(agent), "", "").join("\n");
}

function agentBranch(agent: Agent): Branch {
  const { kind, name, description, model, tools, managedAgents } = agent;
  return {
    text: description === undefined ? agentTitle(kind, name) : `${agentTitle(kind, name)}: ${description}`,
    below: [
      leaf(`model ${model.id} (${model.provider})`),
      ...tools.map(toolBranch),
      ...managedAgents.map((managed) => agentBranch(managed.agent)),
    ],
  };
}

function toolBranch({ name, description, inputSchema, outputSchema }: ToolDeclaration): Branch {
  const required = new Set(inputSchema.required);
  const parameters = Object.entries(inputSchema.properties ?? {}).map(([key, schema]) => {
    const doc = docText(schema);
    const type = typeText(schema, { bare: true });
    return leaf(`${key}${required.has(key) ? "" : "?"}: ${type}${doc === "" ? "" : ` - ${doc}`}`);
  });
  const result = outputSchema === undefined ? "" : ` → ${typeText(outputSchema, { bare: true })}`;
  return { text: `tool ${name}${result}: ${description}`, below: parameters };
}

function leaf(text: string): Branch {
  return { text, below: [] };
}

function lines({ text, below }: Branch, lead: string, indent: string): string[] {
  const shown = literalLine(start(text.replaceAll(/\s+/g, " ").trim(), maxLine));
  const last = below.length - 1;
  return [
    lead + shown,
    ...below.flatMap((branch, index) =>
      index === last ? lines(branch, `${indent}└─ `, `${indent}   `) : lines(branch, `${indent}├─ `, `${indent}│  `),
    ),
  ];
}
