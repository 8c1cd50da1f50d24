import { fieldOf } from "../../../shared/json-access.ts";
import { listContainers } from "../containers.ts";
import { connectDaemon } from "../docker-daemon.ts";
import { containerLabels } from "../sweep-orphans.ts";

/** The ids of the containers of a process, this one if no other is named, that are there. */
export async function ownContainers(pid?: number): Promise<string[]> {
  const own = (await containerLabels())["smoltools.process"] ?? "";
  const list = await listContainers(await connectDaemon(), "smoltools.sandbox=docker");
  const isOwn = (label: string): boolean => (pid === undefined ? label === own : label.startsWith(`${pid}:`));
  return list.filter(({ labels }) => isOwn(String(fieldOf(labels, "smoltools.process")))).map(({ id }) => id);
}
