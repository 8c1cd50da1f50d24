import type { Servable } from "@smoltools/adapters/mcp";
import { agentLimits } from "../chat/agent-limits.ts";
import { loadTools } from "../chat/load-tools.ts";
import { agentOf } from "../chat/make-agent.ts";
import type { Owned } from "../chat/owned.ts";
import type { CommandContext } from "../cli/command.ts";
import { textOption } from "../cli/option-values.ts";
import { UsageError } from "../cli/usage-error.ts";

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
  for (const target of positionals) served.push(...(await loadTools(context, target, owned)));
  if (agent !== undefined) {
    served.push(await agentOf(context, agent, { limits: agentLimits(context), gate: {}, observers: [] }, owned));
  }
  return served;
}
