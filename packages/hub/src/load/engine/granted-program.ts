import { PackageError } from "../../errors/package-error.ts";
import type { Manifest } from "../../manifest/manifest.ts";
import type { Permissions } from "../../manifest/permissions.ts";
import { sourceCommand } from "../../manifest/source-problem.ts";
import { grantedEnv } from "./granted-env.ts";
import { ProgramCalls } from "./program-calls.ts";
import type { LoadOptions } from "../load-options.ts";

/**
 * The way of a package's code to the program that it was converted from; `undefined` for every other package.
 *
 * @param permissions - What it was granted. Nothing is started unless the very command line is among it.
 * @throws PackageError `RUNTIME_UNSUPPORTED` where it was not granted, or nothing can start it.
 */
export function grantedProgram(
  { name, version, source, tools }: Manifest,
  permissions: Permissions,
  { mcp, env = process.env }: Pick<LoadOptions, "mcp" | "env">,
): ProgramCalls | undefined {
  const commandLine = sourceCommand(source);
  if (commandLine === undefined || source?.kind !== "mcp" || !("command" in source)) return undefined;
  const refuse = (why: string): never => {
    throw new PackageError(`${name}@${version} cannot run here: ${why}`, {
      code: "RUNTIME_UNSUPPORTED",
      data: { source: `${name}@${version}`, command: commandLine },
    });
  };
  if (!permissions.run.includes(commandLine)) refuse(`it was not granted to start ${commandLine}`);
  if (!mcp) {
    return refuse(
      `it needs the MCP server ${commandLine}, and there is nothing that starts it: give \`mcp\` (the package smoltools does)`,
    );
  }
  const { command, args } = source;
  const granted = source.env.filter((variable) => permissions.env.includes(variable));
  return new ProgramCalls({
    program: { command, args, env: grantedEnv(granted, env) },
    start: mcp,
    source: `${name}@${version}`,
    tools: tools.map((tool) => tool.name),
    commandLine,
  });
}
