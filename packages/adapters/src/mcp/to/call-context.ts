import type { RequestProgress } from "../connection/mcp-connection.ts";

/** What tools that a server of ours calls get as `context.context`. */
export interface McpCallContext {
  /**
   * Tells the client how far the call has come. Nothing happens where the client does not want to know.
   *
   * @param progress - `progress` grows from call to call; `total` is where it ends, if that is known.
   */
  reportProgress(progress: RequestProgress): void;
}
