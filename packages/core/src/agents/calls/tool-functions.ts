import type { HostFunction } from "../../sandbox/sandbox.ts";
import { callStyle, inputFromArguments } from "../../tool/call-arguments.ts";
import { leftOutNulls } from "../../tool/left-out-nulls.ts";
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
  const entries = tools.map((tool): [string, HostFunction] => {
    const schema = tool.inputSchema;
    const call: HostFunction = async (args, host) => {
      const step = calls();
      if (!step) throw new Error(`${tool.name} was called after the step was over`);
      const input = media.unshelve(leftOutNulls(inputFromArguments(args, schema), schema));
      return media.shelve(await step.perform(tool, input, host));
    };
    const parameters = callStyle(schema) === "positional" ? Object.keys(schema.properties ?? {}) : undefined;
    return [tool.name, parameters ? Object.assign(call, { parameters }) : call];
  });
  return Object.fromEntries(entries);
}
