import type { Approve, ToolGate } from "smoltools";
import { Interruption } from "../cli/terminal/interruption.ts";
import type { Prompts } from "../cli/terminal/prompts.ts";

/** Before which calls of tools a person is asked. */
export type ApprovalMode = "never" | "writes" | "always";

/** Longest input that is shown with the question, in characters. */
const maxInput = 2000;

/**
 * Asks the person at the terminal before calls of tools: before all, or before those of tools that do not say that they
 * only read. Where nobody can be asked, such calls are not made.
 *
 * @param interrupt - Called when the person leaves the question with Ctrl-C.
 */
export function approvalGate(
  mode: ApprovalMode,
  prompts: Prompts | undefined,
  interrupt: (reason: Interruption) => void,
): ToolGate {
  const approve = prompts ? asking(prompts, interrupt) : nobody;
  return {
    ...(mode === "always" && { needsApproval: () => true }),
    ...(mode === "writes" && { needsApproval: ({ tool }) => tool.annotations?.readOnlyHint !== true }),
    approve,
  };
}

const nobody: Approve = () => ({ approved: false, reason: "a person has to allow it, and nobody can be asked" });

function asking(prompts: Prompts, interrupt: (reason: Interruption) => void): Approve {
  const allowed = new Set<string>();
  return async ({ tool, input, agent, question }) => {
    if (allowed.has(tool.name)) return true;
    const text = JSON.stringify(input) ?? "";
    const shown = text.length > maxInput ? `${text.slice(0, maxInput)}… (${text.length} characters)` : text;
    const who = agent === undefined ? "" : `${agent}: `;
    try {
      const answer = await prompts.choose(`${who}${question ?? "May it call"} ${tool.name}(${shown})?`, [
        { value: "yes", label: "yes" },
        { value: "no", label: "no" },
        { value: "all", label: `yes, and all further calls of ${tool.name}` },
      ]);
      if (answer === "all") allowed.add(tool.name);
      return answer === "no" ? { approved: false, reason: "the person at the terminal refused it" } : true;
    } catch (error) {
      if (error instanceof Interruption) interrupt(error);
      throw error;
    }
  };
}
