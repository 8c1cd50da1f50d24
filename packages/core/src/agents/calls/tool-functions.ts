import type { HostFunction } from "../../sandbox/sandbox.ts";
import { inputFromArguments } from "../../tool/call-arguments.ts";
import type { Tool } from "../../tool/tool.ts";
import type { MediaShelf } from "./media-shelf.ts";
import type { StepCalls } from "./step-calls.ts";

/**
 * The tools as functions that code in a sandbox can call by name.
 *
 * @param calls - Asked at each call, because the step to which a call belongs changes while the functions stay.
 */
export function toolFunctions(
  tools: readonly Tool[],
  calls: () => StepCalls | undefined,
  media: MediaShelf,
): Record<string, HostFunction> {
  const entries = tools.map((tool): [string, HostFunction] => [
    tool.name,
    async (args, host) => {
      const step = calls();
      if (!step) throw new Error(`${tool.name} was called after the step was over`);
      const input = media.unshelve(inputFromArguments(args, tool.inputSchema));
      return media.shelve(await step.perform(tool, input, host, media));
    },
  ]);
  return Object.fromEntries(entries);
}
