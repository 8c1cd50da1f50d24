import { once } from "node:events";
import { type McpListenOptions, type McpToolServer, type Servable, toMcpServer } from "@smoltools/adapters/mcp";
import { agentLimits } from "../chat/agent-limits.ts";
import { loadTools } from "../chat/load-tools.ts";
import { agentOf } from "../chat/make-agent.ts";
import { Owned } from "../chat/owned.ts";
import type { CommandContext } from "../cli/command.ts";
import { portOption, textOption } from "../cli/line/option-values.ts";
import { UsageError } from "../cli/errors/usage-error.ts";
import { version } from "../cli/version.ts";

/** `smoltools mcp [refs...] [--http port] [--agent ref]` */
export async function run(context: CommandContext): Promise<void> {
  const listenOptions = listen(context);
  await using owned = new Owned();
  // Without --http, standard input is the client's: nobody can be asked there.
  const asking = listenOptions ? context : { ...context, prompts: undefined };
  const server = owned.use(toMcpServer(await whatToServe(asking, owned), { name: "smoltools", version }));
  if (listenOptions) await serveHttp(context, server, listenOptions);
  else await server.serveStdio({ signal: context.signal });
}

/** The tools and the agent that the command line names. */
async function whatToServe(context: CommandContext, owned: Owned): Promise<Servable[]> {
  const agent = textOption(context, "agent");
  const { positionals } = context;
  if (positionals.length === 0 && agent === undefined) {
    throw new UsageError("Name packages to serve, or an agent: smoltools mcp acme/weather@^1");
  }
  const served: Servable[] = [];
  for (const target of positionals) served.push(...(await loadTools(context, target, owned)));
  if (agent !== undefined) {
    served.push(await agentOf(context, agent, { limits: agentLimits(context), gate: {}, observers: [] }, owned));
  }
  return served;
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

/** Where to listen; `undefined` without `--http`. */
function listen(context: CommandContext): McpListenOptions | undefined {
  const port = portOption(context, "http");
  if (port === undefined) return undefined;
  const host = textOption(context, "host");
  // In a list of processes everybody sees the command line.
  const token = context.env["SMOLTOOLS_MCP_TOKEN"];
  return { port, ...(host !== undefined && { host }), ...(token && { token }) };
}
