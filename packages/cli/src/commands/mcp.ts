import { once } from "node:events";
import { type McpListenOptions, type McpToolServer, toMcpServer } from "@smoltools/adapters/mcp";
import { Owned } from "../chat/owned.ts";
import type { CommandContext } from "../cli/command.ts";
import { textOption } from "../cli/option-values.ts";
import { UsageError } from "../cli/usage-error.ts";
import { version } from "../cli/version.ts";
import { whatToServe } from "../serve-mcp/what-to-serve.ts";

/** `smoltools mcp [refs...] [--http port] [--agent ref]` */
export async function run(context: CommandContext): Promise<void> {
  const http = textOption(context, "http");
  const listenOptions = http === undefined ? undefined : listen(context, http);
  await using owned = new Owned();
  // Without --http, standard input is the client's: nobody can be asked there.
  const asking = listenOptions ? context : { ...context, prompts: undefined };
  const server = owned.use(toMcpServer(await whatToServe(asking, owned), { name: "smoltools", version }));
  if (listenOptions) await serveHttp(context, server, listenOptions);
  else await server.serveStdio({ signal: context.signal });
}

async function serveHttp(
  { out, signal }: CommandContext,
  server: McpToolServer,
  options: McpListenOptions,
): Promise<void> {
  await using endpoint = await server.listen(options);
  out.line(`${out.style("green", "mcp")} ${endpoint.url}`);
  out.result({ url: endpoint.url });
  out.note("Ctrl-C ends it.");
  if (!signal.aborted) await once(signal, "abort");
}

function listen(context: CommandContext, http: string): McpListenOptions {
  const port = Number(http);
  if (!/^\d+$/.test(http) || port > 65_535) throw new UsageError(`--http ${http} is not a port: use 0 to 65535`);
  const host = textOption(context, "host");
  // In a list of processes everybody sees the command line.
  const token = context.env["SMOLTOOLS_MCP_TOKEN"];
  return { port, ...(host !== undefined && { host }), ...(token && { token }) };
}
