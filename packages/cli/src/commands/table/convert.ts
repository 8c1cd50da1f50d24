import type { CommandGroup, CommandOption } from "../../cli/command.ts";

const tools: CommandOption = {
  type: "string",
  multiple: true,
  value: "names",
  help: "Take these tools only, by their names there, separated by commas. Can be given several times.",
};

const env: CommandOption = {
  type: "string",
  multiple: true,
  value: "name",
  help: "An environment variable that the tools need. Can be given several times.",
};

const tokenEnv: CommandOption = {
  type: "string",
  value: "name",
  help: "Environment variable with a token that reading the source takes. It goes nowhere else.",
};

/** Options of every conversion. */
const common: Readonly<Record<string, CommandOption>> = {
  out: {
    type: "string",
    short: "o",
    value: "folder",
    complete: "folder",
    help: "Folder of the project. Default: named as the package; with --update, this folder.",
  },
  name: {
    type: "string",
    value: "owner/name",
    help: "Name of the package. Default: asked for, else me/ and the source's.",
  },
  version: { type: "string", value: "x.y.z", help: "Version of the package. Default: 0.1.0." },
  license: { type: "string", value: "id", help: "SPDX licence, if you may give it one." },
  update: { type: "boolean", help: "Read the source again, show what changed, and write what nobody edited." },
  "dry-run": { type: "boolean", help: "With --update: show what would change, and write nothing." },
  timeout: { type: "string", value: "seconds", help: "Longest time that reading may take. Default: 60." },
  yes: { type: "boolean", short: "y", help: "Ask nothing: take the defaults." },
};

/** `smoltools convert …` */
export const convert: CommandGroup = {
  summary: "Make a tool project of an OpenAPI document, a LangChain tool, an MCP server or a Space.",
  alsoCalled: ["import", "from"],
  commands: {
    openapi: {
      summary: "Make a project of an OpenAPI document: a tool for each operation, and a client that calls them.",
      alsoCalled: ["swagger"],
      arguments: "<file or url>",
      positionals: { least: 1, most: 1 },
      complete: ["file"],
      options: {
        operations: {
          type: "string",
          multiple: true,
          value: "names",
          help: 'Take these only: by operationId, separated by commas, or one as "GET /pets/{id}". Can be given several times.',
        },
        server: { type: "string", value: "url", help: "Where the paths begin. Default: the document's first server." },
        "drop-bad-patterns": {
          type: "boolean",
          help: "Leave out patterns that take exponential time, instead of the operations that have them.",
        },
        "token-env": tokenEnv,
        ...common,
      },
      examples: [
        "smoltools convert openapi petstore.yaml --name acme/petstore",
        'smoltools convert openapi https://api.example.org/openapi.json --operations "listPets,GET /pets/{id}" --yes',
        "smoltools convert openapi petstore.yaml --out petstore --update",
      ],
      load: () => import("../convert/openapi.ts"),
    },
    langchain: {
      summary: "Make a project of a LangChain tool. Runs its module now, with your rights, to read what it declares.",
      arguments: "<module>[#<export>]",
      positionals: { least: 1, most: 1 },
      complete: ["file"],
      options: {
        options: {
          type: "string",
          value: "json",
          help: "What the constructor of an exported class is given: an object, or a list of arguments.",
        },
        tools,
        env,
        ...common,
      },
      examples: [
        "smoltools convert langchain ./weather.ts#weather --name acme/weather",
        `smoltools convert langchain '@langchain/community/tools/wikipedia_query_run#WikipediaQueryRun' --options '{"topKResults":3}'`,
      ],
      load: () => import("../convert/langchain.ts"),
    },
    mcp: {
      summary: "Make a project of an MCP server: one at an address, or a program, which is started to be read.",
      arguments: "<url> | -- <command> [arguments...]",
      positionals: { least: 1, most: 64 },
      complete: ["none"],
      options: { tools, env, "token-env": tokenEnv, ...common },
      examples: [
        "smoltools convert mcp https://mcp.example.org/mcp --name acme/search",
        "smoltools convert mcp --name acme/everything -- npx -y @modelcontextprotocol/server-everything@2026.8.31",
      ],
      load: () => import("../convert/mcp.ts"),
    },
    space: {
      summary: "Make a project of a Space with a Gradio app: a tool for each of its endpoints.",
      arguments: "<owner/name or url>",
      positionals: { least: 1, most: 1 },
      complete: ["none"],
      options: { tools, env, "token-env": tokenEnv, ...common },
      examples: ["smoltools convert space acme/translate --name acme/translate"],
      load: () => import("../convert/space.ts"),
    },
  },
  examples: [
    "smoltools convert openapi petstore.yaml --name acme/petstore",
    "smoltools convert mcp https://mcp.example.org/mcp --name acme/search",
  ],
};
