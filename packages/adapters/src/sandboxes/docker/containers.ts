import { setTimeout as sleep } from "node:timers/promises";
import { fieldOf } from "../../shared/json-access.ts";
import { answerList, answerNumber, answerText, type DockerClient } from "./docker-client.ts";
import { DockerFailure } from "./docker-failure.ts";

/** How long the removal of a container is insisted on, and how often. */
const removalMs = 20_000;
const removalRetryMs = 50;

/** A container as lists tell it. */
export interface ListedContainer {
  id: string;
  labels: unknown;
  /** Such as `"running"`, `"created"`. */
  state: string;
  /** In milliseconds since 1970, by the daemon's clock. */
  createdAt: number;
}

/** @returns The id of the new container, which is not started. */
export async function createContainer(client: DockerClient, config: object): Promise<string> {
  return answerText(await client.request({ method: "POST", path: "/containers/create", body: config }), "Id");
}

export async function startContainer(client: DockerClient, id: string): Promise<void> {
  await client.request({ method: "POST", path: `/containers/${id}/start` });
}

/** Waits until a container that is about to start has ended. @returns Its exit status. */
export async function containerEnd(client: DockerClient, id: string): Promise<number> {
  const answer = await client.request({
    method: "POST",
    path: `/containers/${id}/wait`,
    query: { condition: "next-exit" },
    timeoutMs: Infinity,
    background: true,
  });
  return answerNumber(answer, "StatusCode");
}

/** The id of a container's first process, where the daemon runs. */
export async function containerPid(client: DockerClient, id: string): Promise<number> {
  const answer = await client.request({ method: "GET", path: `/containers/${id}/json` });
  return answerNumber(fieldOf(answer, "State"), "Pid");
}

/** All containers, running or not, with a label. */
export async function listContainers(client: DockerClient, label: string): Promise<ListedContainer[]> {
  const query = { all: "1", filters: JSON.stringify({ label: [label] }) };
  const list = answerList(await client.request({ method: "GET", path: "/containers/json", query }));
  return list.map((one) => ({
    id: answerText(one, "Id"),
    labels: one["Labels"],
    state: answerText(one, "State"),
    createdAt: answerNumber(one, "Created") * 1000,
  }));
}

/**
 * Kills and removes a container, and returns when it is gone; also when it is gone already.
 *
 * @throws DockerFailure when the daemon does not do it.
 */
export async function removeContainer(client: DockerClient, id: string): Promise<void> {
  const giveUpAt = performance.now() + removalMs;
  for (;;) {
    try {
      await client.request({ method: "DELETE", path: `/containers/${id}`, query: { force: "1", v: "1" } });
      return;
    } catch (error) {
      if (!(error instanceof DockerFailure) || error.status === undefined) throw error;
      if (error.status === 404) return;
      // Most often 409: the daemon removes it already, since it has ended.
      if (performance.now() > giveUpAt) throw error;
    }
    await sleep(removalRetryMs);
  }
}
