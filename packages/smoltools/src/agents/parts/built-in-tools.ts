import { searchEngines, type SearchEngineName } from "@smoltools/adapters/tools";
import type { HostFetch, JsonObject, JsonSchema, JsonSchemaObject, SandboxProvider, Tool } from "@smoltools/core";
import { defaultSandboxLimits, findingsText, SchemaValidator } from "@smoltools/core";
import type { Permissions, SandboxRecord } from "@smoltools/hub";
import { codeInterpreter, userInput, visitWebpage, webSearch, wikipediaSearch } from "../../tools.ts";

/** What a built-in tool is made with when an agent is loaded. */
export interface BuiltInAccess {
  /** Reaches the hosts that the tool may reach. */
  fetch: HostFetch;
  sandbox(record: SandboxRecord): Promise<SandboxProvider>;
}

/** A tool of smoltools that an agent can have by name. */
export interface BuiltInKind {
  /** What its settings may be. */
  readonly settings: JsonSchemaObject;
  /** Options that are left out of files, because they are functions or secrets: the tool works without them. */
  readonly leftOut: readonly string[];
  /** What it may do. */
  permissions(settings: JsonObject): Partial<Permissions>;
  make(settings: JsonObject, access: BuiltInAccess): Tool | Promise<Tool>;
}

const count: JsonSchema = { type: "integer", minimum: 1, maximum: 100_000_000 };
const web: Readonly<Record<string, JsonSchema>> = {
  timeoutMs: { type: "number", minimum: 1, maximum: 600_000 },
  userAgent: { type: "string", maxLength: 200, pattern: "^[\\x20-\\x7e]*$" },
};
/** Without a query, which might be a key. */
const address: JsonSchema = { type: "string", pattern: "^https://[^\\s?#@]+$", maxLength: 500 };

const interpreter: BuiltInKind = {
  settings: closed({
    sandbox: {
      type: "object",
      properties: {
        name: { type: "string" },
        language: { enum: ["javascript", "python"] },
        imports: { anyOf: [{ const: "*" }, { type: "array", items: { type: "string" } }] },
      },
      required: ["name", "language"],
    },
    limits: closed(
      Object.fromEntries(
        Object.entries(defaultSandboxLimits).map(([name, most]) => [
          name,
          { type: "number", minimum: 1, maximum: most },
        ]),
      ),
    ),
  }),
  leftOut: [],
  permissions: () => ({}),
  make: async ({ sandbox, ...settings }, access) =>
    codeInterpreter({ ...settings, sandbox: await access.sandbox(sandbox as unknown as SandboxRecord) }),
};

/** The tools that an agent can have by name. */
const builtInKinds: Readonly<Record<string, BuiltInKind>> = {
  web_search: {
    settings: closed({
      ...web,
      engine: { enum: Object.keys(searchEngines) },
      maxResults: count,
      requestsPerSecond: { type: "number", exclusiveMinimum: 0 },
      url: address,
    }),
    leftOut: ["fetch", "apiKey"],
    permissions: ({ engine = "duckduckgo", url }) => {
      const { url: own, keyVariables = [] } = searchEngines[engine as SearchEngineName];
      return { net: [hostOf(url ?? own)], env: url === undefined ? [...keyVariables] : [] };
    },
    make: (settings, { fetch }) => webSearch({ ...settings, fetch }),
  },
  visit_webpage: {
    settings: closed({ ...web, maxOutputLength: count, maxBytes: count }),
    leftOut: ["fetch"],
    permissions: () => ({ net: ["*"] }),
    make: (settings, { fetch }) => visitWebpage({ ...settings, fetch }),
  },
  wikipedia_search: {
    settings: closed({
      ...web,
      language: { type: "string", pattern: "^[a-z]{2,12}(?:-[a-z]{2,12})*$" },
      content: { enum: ["summary", "text"] },
      maxOutputLength: count,
      url: address,
    }),
    leftOut: ["fetch"],
    permissions: ({ language = "en", url = `https://${String(language)}.wikipedia.org` }) => ({ net: [hostOf(url)] }),
    make: (settings, { fetch }) => wikipediaSearch({ ...settings, fetch }),
  },
  user_input: { settings: closed({}), leftOut: ["ask"], permissions: () => ({}), make: () => userInput() },
  javascript_interpreter: interpreter,
  python_interpreter: interpreter,
};

/** What stands against settings of a built-in tool, as lines; empty when nothing does. */
export function settingsProblem({ settings: schema }: BuiltInKind, settings: JsonObject): string {
  return findingsText(new SchemaValidator(schema).findings(settings));
}

/** The kind of a built-in tool, if there is one of this name. */
export function builtInKindOf(name: string): BuiltInKind | undefined {
  return Object.hasOwn(builtInKinds, name) ? builtInKinds[name] : undefined;
}

function closed(properties: Readonly<Record<string, JsonSchema>>): JsonSchemaObject {
  return { type: "object", properties, additionalProperties: false };
}

function hostOf(url: unknown): string {
  return new URL(String(url)).host;
}
