import { basename } from "node:path";
import { toolsFromMcp } from "@smoltools/adapters/mcp";
import { type ManifestSource, sourceCommand, sourceProblem } from "@smoltools/hub";
import type { Conversion } from "../conversion.ts";
import { ConvertError } from "../convert-error.ts";
import type { ConvertOptions } from "../convert-options.ts";
import { readWithin } from "../source/read-within.ts";
import { runtimeModules } from "../source/runtime-module.ts";
import { pinnedProgram } from "./pinned-program.ts";
import { programWarnings } from "./program-warnings.ts";
import { secretIn } from "./secret-arguments.ts";
import { serverName } from "./server-name.ts";
import { about, definitions, serverModule, serverTools } from "./server-tools.ts";

/** Reads a server that is a program, by starting it once. */
export async function convertMcpProgram(
  { command, args }: { command: string; args: string[] },
  options: ConvertOptions,
): Promise<Conversion> {
  const source = { kind: "mcp" as const, command, args, env: [...options.env] };
  const line = checked({ ...source, server: { name: "server", version: "" } }, options);
  const env = Object.fromEntries(
    options.env.flatMap((name): [string, string][] => {
      const value = Object.hasOwn(options.environment, name) ? options.environment[name] : undefined;
      return value === undefined ? [] : [[name, value]];
    }),
  );
  options.onProgress?.(`Starting ${line}`);
  await using started = await readWithin(line, options, (signal) =>
    toolsFromMcp({ command, args, env }, { startTimeoutMs: options.timeoutMs, signal }).catch((error: unknown) => {
      throw isNoProgram(error) ? new Error(noProgram(command)) : error;
    }),
  );
  const { tools, warnings } = await serverTools(line, started, options.tools);
  const [server] = started.serverInfo;
  // What ran is what will run: where the registry's newest was started, its version is written down.
  const pinned = await pinnedProgram({ command, args }, options.environment);
  const named = serverName(server, pinned.packageName ?? basename(command));
  const converted: ManifestSource = { ...source, args: pinned.args, server: named };
  const commandLine = checked(converted, options);
  const declared = tools.map(({ name, description, inputSchema, outputSchema, annotations }): [string, object] => [
    name,
    { description, inputSchema, outputSchema, annotations },
  ]);
  return {
    ...about(named, tools),
    source: converted,
    tools: definitions(tools, ({ name }) => name),
    // The program and its variables are asked for by way of the source.
    permissions: { net: [], env: [], run: [] },
    modules: {
      ...runtimeModules(["mcp-program.js"]),
      "mcp-server.js": serverModule("mcp-program.js", `The MCP server ${commandLine}`, {
        commandLine,
        tools: Object.fromEntries(declared),
      }),
    },
    imports: () => ['import { callTool } from "./mcp-server.js";'],
    needs: [
      `It starts the program \`${commandLine}\` outside of the sandbox, for those who grant that command line.`,
      ...options.env.map((name) => `The program gets the environment variable \`${name}\`.`),
    ],
    warnings: [...warnings, ...programWarnings(converted, pinned)],
  };
}

/** Node.js says of a program that is not there, or cannot be run at all, what the operating system calls it. */
function isNoProgram(error: unknown): boolean {
  return error instanceof Error && /\bspawn .* ENOENT\b/.test(error.message);
}

function noProgram(command: string): string {
  return `there is no program ${command} on this machine: look at its name, and whether it is installed`;
}

/** @returns The command line. */
function checked(source: ManifestSource, options: ConvertOptions): string {
  const line = sourceCommand(source) ?? "";
  const problem = sourceProblem(source) ?? secretIn(source, options);
  if (problem === undefined) return line;
  throw new ConvertError(`The program cannot become part of a package: ${problem}`, {
    code: "CONVERT_SOURCE_INVALID",
    data: { source: "command" in source ? source.command : source.kind },
  });
}
