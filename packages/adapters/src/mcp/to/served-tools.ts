import { errorMessage, type Tool } from "@smoltools/core";
import type { ToolOrAgent } from "../../shared/tools/tool-or-agent.ts";
import { toolsByName } from "../../shared/tools/tools-by-name.ts";
import { receivedInput } from "../content/send-media.ts";
import type { McpCallContext } from "./call-context.ts";
import { callResult, type CallResult, failedResult } from "./call-result.ts";
import { type ToolEntry, toolEntry } from "./tool-entry.ts";

/** What can be served. */
export type Servable = ToolOrAgent;

/** JSON-RPC: what was asked for is not there. */
const invalidParams = -32_602;

/** The tools that a server offers, as the protocol has them. */
export class ServedTools {
  readonly entries: readonly ToolEntry[];
  readonly #byName: ReadonlyMap<string, Tool>;

  /** @throws AdapterError `ADAPTER_OPTIONS_INVALID` when two have one name. */
  constructor(served: readonly Servable[]) {
    this.#byName = toolsByName("toMcpServer", served);
    this.entries = [...this.#byName.values()].map(toolEntry);
  }

  /**
   * Calls a tool for a client. What goes wrong with it is a result that says so: the client's model is to see it.
   *
   * @throws Error with a code of JSON-RPC when there is no such tool.
   */
  async call(
    name: string,
    input: unknown,
    { signal, requestId, reportProgress }: McpCallContext & { signal: AbortSignal; requestId: string | number },
  ): Promise<CallResult> {
    const tool = this.#byName.get(name);
    if (!tool) throw Object.assign(new Error(`There is no tool ${JSON.stringify(name)}`), { code: invalidParams });
    const context: McpCallContext = { reportProgress };
    try {
      const output = await tool.call(receivedInput(input ?? {}), { signal, toolCallId: String(requestId), context });
      return await callResult(output, tool.outputSchema, signal);
    } catch (error) {
      return failedResult(errorMessage(error));
    }
  }
}
