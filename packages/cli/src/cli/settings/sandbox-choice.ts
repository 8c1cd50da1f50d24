import type { SandboxProvider } from "@smoltools/core";
import { autoSandbox } from "smoltools";
import type { CommandContext } from "../command.ts";
import { sandboxProblem } from "./sandbox-names.ts";
import { UsageError } from "../errors/usage-error.ts";

/**
 * The sandbox that the environment or the settings name; `undefined` when they name none.
 *
 * @throws UsageError for one that there is not: another one would not hold what was asked for.
 */
export function chosenSandbox(env: CommandContext["env"]): SandboxProvider | undefined {
  const name = env["SMOLTOOLS_SANDBOX"];
  if (!name) return undefined;
  const problem = sandboxProblem(name);
  if (problem !== undefined) throw new UsageError(`SMOLTOOLS_SANDBOX, or the setting sandbox: ${name} ${problem}`);
  return autoSandbox({ runtime: name === "process" ? "node" : "js" });
}
