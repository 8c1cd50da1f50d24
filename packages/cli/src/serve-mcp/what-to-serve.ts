import { existsSync } from "node:fs";
import type { Servable } from "@smoltools/adapters/mcp";
import { loadPackage, type LoadOptions, lockFileName, parseRef } from "@smoltools/hub";
import { agentLimits } from "../chat/agent-limits.ts";
import { agentOf } from "../chat/make-agent.ts";
import type { Owned } from "../chat/owned.ts";
import { commandGrant } from "../cli/ask-permissions.ts";
import type { CommandContext } from "../cli/command.ts";
import { hubConnection, textOption } from "../cli/hub-connection.ts";
import { UsageError } from "../cli/usage-error.ts";
import { openTarget } from "../package/open-target.ts";

/**
 * The tools and the agent that a command line names. Disposing of `owned` ends their sandboxes.
 *
 * @throws UsageError when it names nothing, or a tool that there is not; and what loading throws.
 */
export async function whatToServe(context: CommandContext, owned: Owned): Promise<Servable[]> {
  const agent = textOption(context, "agent");
  const { positionals } = context;
  if (positionals.length === 0 && agent === undefined) {
    throw new UsageError("Name packages to serve, or an agent: smoltools mcp acme/weather@^1");
  }
  const served: Servable[] = [];
  for (const target of positionals) served.push(...(await toolsOf(context, target, owned)));
  if (agent !== undefined) {
    served.push(await agentOf(context, agent, { limits: agentLimits(context), gate: {}, observers: [] }, owned));
  }
  return served;
}

async function toolsOf(context: CommandContext, target: string, owned: Owned): Promise<Servable[]> {
  const options = loadOptions(context);
  const opened = owned.use(await openTarget(target, options));
  const loaded = owned.use(await loadPackage(opened.ref, options));
  const { tool: wanted } = parseRef(opened.ref, options);
  const chosen = loaded.tools.filter(({ name }) => wanted === undefined || name === wanted);
  if (chosen.length === 0) throw new UsageError(`${target} names a tool that its package does not have`);
  return chosen;
}

function loadOptions(context: CommandContext): LoadOptions {
  const lockFile = textOption(context, "lock-file") ?? (existsSync(lockFileName) ? lockFileName : undefined);
  const permissions = commandGrant(context);
  return {
    ...hubConnection(context),
    ...(lockFile !== undefined && { lockFile }),
    ...(permissions && { permissions }),
  };
}
