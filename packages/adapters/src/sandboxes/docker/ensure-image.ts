import { Buffer } from "node:buffer";
import { isRecord, parseJson, textField, fieldOf } from "../../shared/json-access.ts";
import { shortLine } from "../../shared/provider-message.ts";
import { LineSplitter } from "../channel/line-splitter.ts";
import type { DockerClient } from "./docker-client.ts";
import { DockerFailure } from "./docker-failure.ts";

const pullMs = 30 * 60_000;
const maxProgressLine = 1024 * 1024;

/**
 * Sees to it that the daemon has an image.
 *
 * @param pull - Whether to pull it otherwise.
 * @throws DockerFailure when it has not, or when containers of the image would write to the daemon's disk.
 */
export async function ensureImage(client: DockerClient, image: string, pull: boolean): Promise<void> {
  let found = await inspect(client, image);
  if (found === undefined) {
    if (!pull) {
      throw new DockerFailure(
        `the Docker daemon does not have the image ${image}: run "docker pull ${image}", or pass pull: true`,
      );
    }
    await pullImage(client, image);
    found = await inspect(client, image);
  }
  const volumes = fieldOf(fieldOf(found, "Config"), "Volumes");
  if (isRecord(volumes) && Object.keys(volumes).length > 0) {
    const paths = Object.keys(volumes).join(", ");
    throw new DockerFailure(`the image ${image} declares volumes (${paths}), which are writable: choose another image`);
  }
}

async function inspect(client: DockerClient, image: string): Promise<unknown> {
  try {
    return await client.request({ method: "GET", path: `/images/${image}/json` });
  } catch (error) {
    if (error instanceof DockerFailure && error.status === 404) return undefined;
    throw error;
  }
}

async function pullImage(client: DockerClient, image: string): Promise<void> {
  let problem: string | undefined;
  // A failure comes as the last line of a report that began well.
  const lines = new LineSplitter(maxProgressLine, (line) => {
    problem = textField(parseJson(line), "error") ?? problem;
  });
  // Without a tag, the API pulls all of them.
  const tagged = /[:@][^/]*$/.test(image) ? image : `${image}:latest`;
  try {
    await client.request({
      method: "POST",
      path: "/images/create",
      query: { fromImage: tagged },
      timeoutMs: pullMs,
      onChunk: (chunk) => void lines.push(chunk),
    });
    lines.push(Buffer.from("\n"));
  } catch (error) {
    if (!(error instanceof DockerFailure) || error.status === undefined) throw error;
    problem = error.message;
  }
  if (problem === undefined) return;
  throw new DockerFailure(
    `the image ${image} could not be pulled: ${shortLine(problem, 300)}. If its registry wants credentials, pull it ` +
      `with the docker command: docker pull ${image}`,
  );
}
