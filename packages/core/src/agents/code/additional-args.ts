import { isSmoltoolsError } from "../../errors/smoltools-error.ts";
import type { Sandbox } from "../../sandbox/sandbox.ts";
import { type AgentError, configError } from "../agent-error.ts";
import { orAborted } from "../loop/or-aborted.ts";
import type { LanguageProfile } from "./language.ts";

/** Values that a run is about, by name. In code they are variables, as JSON values; media stand there as handles. */
export type AdditionalArgs = Readonly<Record<string, unknown>>;

/**
 * Checks the names before anything is changed.
 *
 * @param functions - Names that the code knows as functions.
 * @throws AgentError `AGENT_CONFIG` for a name that is no identifier, or that means something else in the code.
 */
export function checkVariableNames(
  names: readonly string[],
  language: LanguageProfile,
  functions: readonly string[],
): void {
  for (const name of names) {
    const problem = language.variableProblem(name);
    if (problem) throw configError(`additionalArgs: "${name}" ${problem}`);
    if (functions.includes(name))
      throw configError(`additionalArgs: "${name}" is the name of a tool: rename the variable`);
  }
}

/**
 * Defines the variables in the sandbox.
 *
 * @returns Whether other variables turned out to be lost.
 * @throws AgentError `AGENT_CONFIG` when the sandbox does not take them.
 */
export async function defineAdditionalArgs(
  sandbox: Sandbox,
  args: AdditionalArgs,
  signal: AbortSignal,
): Promise<boolean> {
  const names = Object.keys(args).join(", ");
  if (names === "") return false;
  try {
    const { error, stateLost } = await orAborted(sandbox.run("", { variables: args, signal }), signal);
    if (error) throw notDefined(names, `${error.code}: ${error.message}`);
    return stateLost;
  } catch (error) {
    throw isSmoltoolsError(error, "SANDBOX_BAD_OPTIONS") ? notDefined(names, error.message, error) : error;
  }
}

function notDefined(names: string, why: string, cause?: unknown): AgentError {
  return configError(`additionalArgs: the sandbox did not take the variables ${names}: ${why}`, cause);
}
