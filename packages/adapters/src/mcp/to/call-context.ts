import type { ToolContext } from "@smoltools/core";
import type { RequestProgress } from "../connection/mcp-connection.ts";
import { fieldOf } from "../../shared/json-access.ts";

/** What tools that a server of ours calls get as `context.context`. */
export interface McpCallContext {
  /**
   * Tells the client how far the call has come. Nothing happens where the client does not want to know.
   *
   * @param progress - `progress` grows from call to call; `total` is where it ends, if that is known.
   */
  reportProgress(progress: RequestProgress): void;
}

/** The way to report progress of a call; `undefined` where it does not come from a server of ours. */
export function progressOf(context: ToolContext): McpCallContext["reportProgress"] | undefined {
  const report = fieldOf(context.context, "reportProgress");
  return typeof report === "function" ? (report as McpCallContext["reportProgress"]) : undefined;
}
