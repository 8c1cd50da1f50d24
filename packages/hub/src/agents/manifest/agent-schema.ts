import { defaultSandboxLimits, type JsonSchema, type JsonSchemaObject } from "@smoltools/core";
import { agentLimits } from "./agent-limits.ts";

const word: JsonSchema = { type: "string", minLength: 1, maxLength: 200 };
const longText: JsonSchema = { type: "string", maxLength: agentLimits.maxTextLength };
const count: JsonSchema = { type: "integer", minimum: 1 };
const amount: JsonSchema = { type: "number", exclusiveMinimum: 0 };
const texts: JsonSchema = { type: "array", items: { type: "string" }, maxItems: 200 };
const hook: JsonSchema = closed({ hook: { type: "string", pattern: "^[A-Za-z_$][A-Za-z0-9_$]{0,99}$" } }, ["hook"]);
const hooks: JsonSchema = { type: "array", items: hook, maxItems: 50 };
const integrity: JsonSchema = { type: "string", pattern: "^sha512-[A-Za-z0-9+/]{86}==$" };

/** The form of `permissions`. */
const permissionsSchema: JsonSchema = closed({ net: texts, env: texts, read: texts, write: texts, run: texts }, [
  "net",
  "env",
  "read",
  "write",
  "run",
]);

const locked: Readonly<Record<string, JsonSchema>> = {
  kind: { const: "package" },
  ref: { type: "string", maxLength: 512 },
  repoType: { enum: ["space", "model", "dataset"] },
  repo: { type: "string", maxLength: 200 },
  version: word,
  commit: { type: "string", pattern: "^[0-9a-f]{40}$" },
  integrity,
  permissions: permissionsSchema,
};
const lockedRequired = ["kind", "ref", "repoType", "repo", "commit", "integrity", "permissions"];

const model: JsonSchema = closed({ provider: word, id: word, settings: { type: "object" } }, ["provider", "id"]);

const options: JsonSchema = closed({
  name: word,
  description: { type: "string", maxLength: 10_000 },
  instructions: longText,
  prompts: {
    type: "object",
    maxProperties: 20,
    additionalProperties: { anyOf: [longText, hook, closed({ jinja: longText }, ["jinja"])] },
  },
  maxSteps: { type: "integer", minimum: 1, maximum: agentLimits.maxSteps },
  budget: closed({ maxTokens: amount, maxDurationMs: amount, maxToolCalls: amount }),
  stopWhen: hook,
  planningInterval: count,
  answerSchema: { type: ["object", "boolean"] },
  finalAnswerChecks: hooks,
  onStep: {
    type: "object",
    properties: { task: hooks, planning: hooks, action: hooks, summary: hooks, "final-answer": hooks, any: hooks },
    additionalProperties: false,
  },
  compaction: closed({ maxTokens: amount, keepSteps: count, model }, ["maxTokens"]),
  maxImages: { type: "integer", minimum: 0 },
  toolSearch: closed({ maxTokens: { type: "number", minimum: 0 } }),
  modelParameters: closed({ maxTokens: count, temperature: { type: "number" } }),
  provideRunSummary: { type: "boolean" },
  beforeToolCall: hook,
  needsApproval: { anyOf: [texts, hook] },
  approve: hook,
  sandbox: closed(
    {
      name: word,
      language: { enum: ["javascript", "python"] },
      imports: { anyOf: [{ const: "*" }, { type: "array", items: word, maxItems: 500 }] },
    },
    ["name", "language"],
  ),
  fetch: hook,
  limits: closed(Object.fromEntries(Object.keys(defaultSandboxLimits).map((name) => [name, amount]))),
  typeCheck: { const: false },
  structured: { type: "boolean" },
  codeTags: closed({ open: word, close: word }, ["open", "close"]),
  maxParallelCalls: count,
  toolChoice: { enum: ["auto", "required"] },
});

const tool: JsonSchema = {
  oneOf: [
    closed({ ...locked, tool: word }, [...lockedRequired, "tool"]),
    closed({ kind: { const: "bundled" }, path: word, tool: word, integrity, permissions: permissionsSchema }, [
      "kind",
      "path",
      "tool",
      "integrity",
      "permissions",
    ]),
    closed({ kind: { const: "built-in" }, name: word, settings: { type: "object" } }, ["kind", "name", "settings"]),
  ],
};

const managedAgent: JsonSchema = {
  oneOf: [
    closed(locked, lockedRequired),
    closed({ kind: { const: "inline" }, agent: { $ref: "#/$defs/agent" } }, ["kind", "agent"]),
  ],
};

/**
 * The form of `agent.json`, schemaVersion 1.
 *
 * Beside the agent itself, members that a later minor version adds are let through. In it they are not: an option that
 * is not known might be one that an agent must not run without.
 */
export const agentSchema: JsonSchema = {
  type: "object",
  properties: {
    schemaVersion: { const: 1 },
    name: word,
    version: word,
    description: { type: "string", minLength: 1, maxLength: 2000 },
    license: { type: "string" },
    keywords: { type: "array", items: { type: "string" }, maxItems: 100 },
    engines: { type: "object", properties: { smoltools: { type: "string", maxLength: 200 } }, required: ["smoltools"] },
    agent: { $ref: "#/$defs/agent" },
    signers: { type: "array", items: { type: "string", maxLength: 100 }, maxItems: 8 },
    permissions: permissionsSchema,
    files: {
      type: "object",
      additionalProperties: {
        type: "object",
        properties: {
          size: { type: "integer", minimum: 0 },
          sha256: { type: "string", pattern: "^[0-9a-f]{64}$" },
        },
        required: ["size", "sha256"],
      },
    },
    notes: { type: "string" },
    integrity,
  },
  required: [
    "schemaVersion",
    "name",
    "version",
    "description",
    "engines",
    "agent",
    "permissions",
    "files",
    "integrity",
  ],
  $defs: {
    agent: closed(
      {
        class: { type: "string" },
        model,
        tools: { type: "array", items: tool, maxItems: agentLimits.maxTools },
        managedAgents: { type: "array", items: managedAgent, maxItems: agentLimits.maxAgents },
        options,
      },
      ["class", "model", "tools", "managedAgents", "options"],
    ),
  },
};

/** An object with these members and no others. */
function closed(properties: Readonly<Record<string, JsonSchema>>, required: string[] = []): JsonSchemaObject {
  return { type: "object", properties, required, additionalProperties: false };
}
