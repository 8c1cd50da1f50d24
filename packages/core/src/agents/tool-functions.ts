import { errorMessage } from "../errors/error-message.ts";
import type { RecordedCall } from "../memory/action-step.ts";
import type { HostFunction } from "../sandbox/sandbox.ts";
import { inputFromArguments } from "../tool/call-arguments.ts";
import type { Tool } from "../tool/tool.ts";

/** Told of each call of a tool by the code. */
export interface CallObserver {
  /** Before the call. Returns the call's id. */
  onCall(tool: string, input: unknown): string;
  /** After the call. */
  onResult(call: RecordedCall): void;
}

/**
 * The tools as functions that code in a sandbox can call by name.
 *
 * @param observer - Asked at each call, because the step to which a call belongs changes while the functions stay.
 * @param context - Handed to the tools as `context.context`.
 */
export function toolFunctions(
  tools: readonly Tool[],
  observer: () => CallObserver | undefined,
  context: () => unknown,
): Record<string, HostFunction> {
  const entries = tools.map((tool): [string, HostFunction] => [
    tool.name,
    async (args, { signal }) => {
      const input = inputFromArguments(args, tool.inputSchema);
      const watcher = observer();
      const id = watcher?.onCall(tool.name, input) ?? "";
      const startedAt = performance.now();
      const record = (error?: string) =>
        watcher?.onResult({
          id,
          tool: tool.name,
          input,
          durationMs: performance.now() - startedAt,
          ...(error !== undefined && { error }),
        });
      try {
        const output = await tool.call(input, { signal, toolCallId: id, context: context() });
        record();
        return output;
      } catch (error) {
        record(errorMessage(error));
        throw error;
      }
    },
  ]);
  return Object.fromEntries(entries);
}
