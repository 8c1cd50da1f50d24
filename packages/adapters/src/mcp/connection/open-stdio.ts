import { ToolSourceError } from "@smoltools/core";
import type { McpStdioServer } from "../from/mcp-server.ts";
import { StdioTransport } from "../stdio/stdio-transport.ts";
import { BreakReport, connectWithin, type OpenOptions } from "./connect-within.ts";
import type { McpConnection } from "./mcp-connection.ts";
import type { SdkLine } from "./sdk/sdk-line.ts";
import { sourceFailure } from "./source-failure.ts";

/** Starts a server as a process. One that does not introduce itself in time is ended. */
export async function openStdio(sdk: SdkLine, server: McpStdioServer, options: OpenOptions): Promise<McpConnection> {
  const { identity, limits } = options;
  const report = new BreakReport();
  const transport = new StdioTransport(server, {
    server: identity.name,
    maxMessageBytes: limits.maxMessageBytes,
    onBroken: report.broken,
  });
  try {
    return await connectWithin(sdk, transport, report, options);
  } catch (error) {
    await transport.close();
    options.signal.throwIfAborted();
    const { remarks } = transport;
    if (error instanceof ToolSourceError && error.code === "SOURCE_TIMEOUT" && remarks !== "") {
      throw new ToolSourceError(`${error.message}. ${identity.redact(remarks)}`, {
        code: error.code,
        data: error.data,
      });
    }
    throw sourceFailure(identity, "cannot be started", report.why ?? error, remarks);
  }
}
