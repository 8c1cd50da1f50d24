import { type Agent, errorMessage, isTool, type Tool } from "@smoltools/core";
import { AdapterError } from "../../shared/adapter-error.ts";
import { receivedInput } from "../content/send-media.ts";
import { AgentServerTool } from "./agent-tool.ts";
import type { McpCallContext } from "./call-context.ts";
import { callResult, type CallResult, failedResult } from "./call-result.ts";
import { type ToolEntry, toolEntry } from "./tool-entry.ts";

/** What can be served. */
export type Servable = Tool | Agent;

/** JSON-RPC: what was asked for is not there. */
const invalidParams = -32_602;

/** The tools that a server offers, as the protocol has them. */
export class ServedTools {
  readonly entries: readonly ToolEntry[];
  readonly #byName: ReadonlyMap<string, Tool>;

  /** @throws AdapterError `ADAPTER_OPTIONS_INVALID` when two have one name. */
  constructor(served: readonly Servable[]) {
    const tools = served.map((one) => (isTool(one) ? one : new AgentServerTool(one)));
    this.#byName = new Map(tools.map((tool) => [tool.name, tool]));
    const twice = tools.find((tool) => this.#byName.get(tool.name) !== tool);
    if (twice) {
      throw new AdapterError(`toMcpServer: two tools are named ${twice.name}: give one another name`, {
        code: "ADAPTER_OPTIONS_INVALID",
      });
    }
    this.entries = tools.map(toolEntry);
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
