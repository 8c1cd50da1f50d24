import { errorMessage } from "../../errors/error-message.ts";
import { isSmoltoolsError } from "../../errors/smoltools-error.ts";
import type { ActionStep } from "../../memory/action-step.ts";
import type { Memory } from "../../memory/memory.ts";
import { AgentError } from "../agent-error.ts";
import { orAborted } from "./or-aborted.ts";

/**
 * Looks at a final answer before it counts.
 *
 * `false`, a text that says what is wrong, or an error: the model is told, and the run goes on. `true`, an
 * empty text or nothing: the answer is good.
 */
export type FinalAnswerCheck = (
  answer: unknown,
  context: { readonly memory: Memory; readonly step: ActionStep; readonly signal: AbortSignal },
) => boolean | string | void | Promise<boolean | string | void>;

/**
 * Holds an answer against the checks, in order, until one fails.
 *
 * @throws AgentError `AGENT_CHECK_FAILED` for the model.
 */
export async function checkFinalAnswer(
  checks: readonly FinalAnswerCheck[],
  answer: unknown,
  context: { memory: Memory; step: ActionStep; signal: AbortSignal },
): Promise<void> {
  for (const check of checks) {
    const problem = await problemOf(check, answer, context);
    if (problem === undefined) continue;
    const name = check.name === "" ? "The check of the final answer" : `Check ${check.name}`;
    throw new AgentError(`${name} failed with error: ${problem}. The final answer was not accepted.`, {
      code: "AGENT_CHECK_FAILED",
    });
  }
}

async function problemOf(
  check: FinalAnswerCheck,
  answer: unknown,
  context: { memory: Memory; step: ActionStep; signal: AbortSignal },
): Promise<string | undefined> {
  try {
    const verdict = await orAborted(Promise.resolve(check(answer, context)), context.signal);
    if (typeof verdict === "string") return verdict.trim() === "" ? undefined : verdict;
    return verdict === false ? "the answer is not as it has to be" : undefined;
  } catch (error) {
    context.signal.throwIfAborted();
    if (isSmoltoolsError(error, "AGENT_CHECK_FAILED")) throw error;
    return errorMessage(error);
  }
}
