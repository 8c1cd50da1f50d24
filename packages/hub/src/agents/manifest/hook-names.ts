import { type AgentDefinition, type HookRecord, inlineAgents } from "./agent-definition.ts";

/** The names of all functions that an agent, and those that it holds, need of the program that loads them; sorted. */
export function hookNames(definition: AgentDefinition): string[] {
  return Object.keys(hookUses(definition)).sort();
}

/** The same with the options that each function stands in: a name says nothing of what a file does with it. */
export function hookUses(definition: AgentDefinition): Record<string, string[]> {
  const uses = new Map<string, Set<string>>();
  for (const { options } of inlineAgents(definition)) {
    for (const [place, { hook }] of hooksIn(options)) {
      const places = uses.get(hook) ?? new Set();
      uses.set(hook, places.add(place));
    }
  }
  return Object.fromEntries([...uses].map(([name, places]) => [name, [...places]]));
}

function hooksIn({
  prompts = {},
  onStep = {},
  finalAnswerChecks = [],
  ...options
}: AgentDefinition["options"]): [place: string, record: HookRecord][] {
  const { stopWhen, beforeToolCall, needsApproval, approve, fetch } = options;
  const places: [string, unknown][] = [
    ...Object.entries(prompts).map(([key, prompt]): [string, unknown] => [`prompts.${key}`, prompt]),
    ...Object.values(onStep).flatMap((hooks) => hooks.map((hook): [string, unknown] => ["onStep", hook])),
    ...finalAnswerChecks.map((check): [string, unknown] => ["finalAnswerChecks", check]),
    ...Object.entries({ stopWhen, beforeToolCall, needsApproval, approve, fetch }),
  ];
  return places.filter((entry): entry is [string, HookRecord] => isHook(entry[1]));
}

function isHook(value: unknown): value is HookRecord {
  return typeof value === "object" && value !== null && Object.hasOwn(value, "hook");
}
