import { textField } from "../../shared/json-access.ts";
import { listContainers, type ListedContainer, removeContainer } from "./containers.ts";
import type { DockerClient } from "./docker-client.ts";
import { hasEnded, type HostProcess, thisProcess } from "../engine/host-process.ts";

const sandboxLabel = "smoltools.sandbox";
const machineLabel = "smoltools.machine";
const processLabel = "smoltools.process";
/** A container is started within seconds of its creation, or never. */
const startMs = 60 * 60_000;

/** The labels by which containers of this process are known. */
export async function containerLabels(): Promise<Record<string, string>> {
  const { machine, process } = await thisProcess();
  return { [sandboxLabel]: "docker", [machineLabel]: machine, [processLabel]: process };
}

/**
 * Removes the containers that nobody needs any more: those of processes of this machine that have ended, and those
 * that were created and never started. Containers of other machines that use the same daemon are left alone.
 *
 * @returns The ids of what was removed.
 * @throws DockerFailure
 */
export async function sweepOrphans(client: DockerClient): Promise<string[]> {
  const own = await thisProcess();
  const removed: string[] = [];
  for (const container of await listContainers(client, `${sandboxLabel}=docker`)) {
    if (!(await isOrphan(container, own))) continue;
    await removeContainer(client, container.id);
    removed.push(container.id);
  }
  return removed;
}

/** Whether nobody needs a container any more, as far as a process can know. */
export async function isOrphan(
  { labels, state, createdAt }: Omit<ListedContainer, "id">,
  own: HostProcess,
): Promise<boolean> {
  if (state !== "running" && Date.now() - createdAt > startMs) return true;
  return textField(labels, machineLabel) === own.machine && (await hasEnded(textField(labels, processLabel) ?? ""));
}
