import { errorMessage } from "../errors/error-message.ts";
import type { HostFunction } from "../sandbox/sandbox.ts";
import { inputFromArguments } from "../tool/call-arguments.ts";
import type { Tool } from "../tool/tool.ts";
import type { StepObserver } from "./step-observer.ts";

/**
 * The tools as functions that code in a sandbox can call by name.
 *
 * @param observer - Asked at each call, because the step to which a call belongs changes while the functions stay.
 * @param context - Handed to the tools as `context.context`.
 */
export function toolFunctions(
  tools: readonly Tool[],
  observer: () => StepObserver | undefined,
  context: () => unknown,
): Record<string, HostFunction> {
  const entries = tools.map((tool): [string, HostFunction] => [
    tool.name,
    async (args, { signal }) => {
      const input = inputFromArguments(args, tool.inputSchema);
      const call = observer()?.begin(tool.name, input);
      try {
        const output = await tool.call(input, { signal, ...(call && { toolCallId: call.id }), context: context() });
        call?.end();
        return output;
      } catch (error) {
        call?.end(errorMessage(error));
        throw error;
      }
    },
  ]);
  return Object.fromEntries(entries);
}
