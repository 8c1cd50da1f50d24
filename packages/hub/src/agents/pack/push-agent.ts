import type { HubClient } from "../../http/hub-client.ts";
import { publish } from "../../push/publish.ts";
import type { PushOptions, PushResult } from "../../push/push-options.ts";
import type { PackedAgent } from "./pack-agent.ts";

/**
 * Publishes an agent: one commit with all its files, then the tag `vX.Y.Z`.
 *
 * @throws As `publish` does.
 */
export function pushAgent(client: HubClient, packed: PackedAgent, options: PushOptions = {}): Promise<PushResult> {
  return publish(client, packed, options);
}
