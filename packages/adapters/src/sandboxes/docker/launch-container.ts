import type { Buffer } from "node:buffer";
import { ContainerChannel } from "./container-channel.ts";
import { containerEnd, containerPid, createContainer, removeContainer, startContainer } from "./containers.ts";
import type { DockerClient } from "./docker-client.ts";
import { processorTime } from "./processor-time.ts";

/** What to start. */
export interface Launch {
  /** The container, as the Engine API takes it. */
  config: object;
  /** The guest's files: they come first on its standard input. */
  files: Buffer;
  /** What must be in the image, for the message when it is not. */
  needs: string;
  maxMessageBytes: number;
}

/**
 * Starts a guest in a new container. When anything fails, the container is removed.
 *
 * @throws DockerFailure
 */
export async function launchContainer(client: DockerClient, launch: Launch): Promise<ContainerChannel> {
  const { config, files, needs, maxMessageBytes } = launch;
  const id = await createContainer(client, config);
  const remove = (): Promise<void> => removeContainer(client, id);
  try {
    const stream = await client.attach(id);
    try {
      // Asked for before the start, so that even a container that ends at once is not missed.
      const ended = containerEnd(client, id);
      ended.catch(() => undefined);
      stream.write(files);
      await startContainer(client, id);
      const busyMs = await processorTimeOf(client, id);
      return new ContainerChannel({
        stream,
        ended,
        remove,
        needs,
        maxMessageBytes,
        latencyMs: client.latencyMs,
        ...(busyMs && { busyMs }),
      });
    } catch (error) {
      stream.destroy();
      throw error;
    }
  } catch (error) {
    // Whether it can be removed or not, the first failure is the one to tell.
    await remove().catch(() => undefined);
    throw error;
  }
}

async function processorTimeOf(client: DockerClient, id: string): Promise<(() => Promise<number>) | undefined> {
  if (!client.isLocal) return undefined;
  try {
    return await processorTime(await containerPid(client, id), id);
  } catch {
    // A container that has ended already: its exit tells the rest.
    return undefined;
  }
}
