import { isSmoltoolsError } from "../errors/smoltools-error.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import type { Tool } from "../tool/tool.ts";
import { AgentError } from "./agent-error.ts";
import { orAborted } from "./or-aborted.ts";

/** Variables that a run's code finds defined, as JSON values. */
export type AdditionalArgs = Readonly<Record<string, unknown>>;

const identifier = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** What fits the pattern but is a word of the language, or a global that the code needs as it is. */
const taken: ReadonlySet<string> = new Set(
  `arguments await break case catch class const continue debugger default delete do else enum eval export extends
   false finally for function if implements import in instanceof interface let new null package private protected
   public return static super switch this throw true try typeof var void while with yield
   undefined NaN Infinity globalThis console finalAnswer __proto__`.split(/\s+/),
);

/**
 * Checks the names before anything is changed.
 *
 * @throws AgentError `AGENT_CONFIG` for a name that is no identifier, or that means something else in the code.
 */
export function checkAdditionalArgs(args: AdditionalArgs, tools: readonly Tool[]): void {
  for (const name of Object.keys(args)) {
    if (!identifier.test(name) || taken.has(name)) {
      throw new AgentError(`additionalArgs: "${name}" cannot be the name of a variable: use another identifier`, {
        code: "AGENT_CONFIG",
      });
    }
    if (tools.some((tool) => tool.name === name)) {
      throw new AgentError(`additionalArgs: "${name}" is the name of a tool: rename the variable`, {
        code: "AGENT_CONFIG",
      });
    }
  }
}

/**
 * Defines the variables in the sandbox.
 *
 * @throws AgentError `AGENT_CONFIG` when the sandbox does not take them.
 */
export async function defineAdditionalArgs(sandbox: Sandbox, args: AdditionalArgs, signal: AbortSignal): Promise<void> {
  const names = Object.keys(args).join(", ");
  if (names === "") return;
  try {
    const { error } = await orAborted(sandbox.run("", { variables: args, signal }), signal);
    if (error) throw notDefined(names, `${error.code}: ${error.message}`);
  } catch (error) {
    throw isSmoltoolsError(error, "SANDBOX_BAD_OPTIONS") ? notDefined(names, error.message, error) : error;
  }
}

/** The task as the model reads it: with the names of the variables, if there are any. */
export function taskWithArgs(task: string, args: AdditionalArgs): string {
  const names = Object.keys(args).join(", ");
  return names === "" ? task : `${task}\n\nThese variables are defined in the code: ${names}.`;
}

function notDefined(names: string, why: string, cause?: unknown): AgentError {
  return new AgentError(`additionalArgs: the sandbox did not take the variables ${names}: ${why}`, {
    code: "AGENT_CONFIG",
    cause,
  });
}
