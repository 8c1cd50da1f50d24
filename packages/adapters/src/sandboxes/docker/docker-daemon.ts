import { fieldOf } from "../../shared/json-access.ts";
import { DockerClient, isOlder } from "./docker-client.ts";
import { type DockerEndpoint, dockerEndpoint } from "./docker-endpoint.ts";
import { DockerFailure } from "./docker-failure.ts";
import { sweepOrphans } from "./sweep-orphans.ts";

/** The oldest version of the API that has all that is used: Docker 20.10. */
const oldestVersion = "1.41";
const connectMs = 10_000;

/** Daemons that are good for sandboxes, by where they are. */
const known = new Map<string, Promise<DockerClient>>();

/**
 * Connects to the daemon that the `docker` command would use. The first time it is checked whether that daemon is
 * able to keep the limits of a container, and containers of dead processes are swept.
 *
 * @throws DockerFailure
 */
export async function connectDaemon(): Promise<DockerClient> {
  const endpoint = await dockerEndpoint();
  const key = JSON.stringify(endpoint);
  let connection = known.get(key);
  if (!connection) {
    connection = connect(endpoint);
    known.set(key, connection);
  }
  try {
    return await connection;
  } catch (error) {
    // Whoever tries again may have mended it.
    known.delete(key);
    throw error;
  }
}

async function connect(endpoint: DockerEndpoint): Promise<DockerClient> {
  const client = new DockerClient(endpoint);
  const version = await client.negotiate(connectMs);
  if (isOlder(version, oldestVersion)) {
    throw new DockerFailure(
      `the Docker daemon at ${endpoint.url} speaks version ${version}: update it to Docker 20.10`,
    );
  }
  const info = await client.request({ method: "GET", path: "/info", timeoutMs: connectMs });
  const lacks = weakness(info);
  if (lacks !== undefined) throw new DockerFailure(`the Docker daemon at ${endpoint.url} ${lacks}`);
  void sweepInBackground(client);
  return client;
}

/** Why the containers of a daemon would be weaker than asked for: it leaves out, without an error, what it cannot do. */
function weakness(info: unknown): string | undefined {
  if (fieldOf(info, "OSType") !== "linux") return "runs Windows containers: switch it to Linux containers";
  const limits = { MemoryLimit: "memory", PidsLimit: "processes", CpuCfsQuota: "processor time" };
  const missing = Object.entries(limits).filter(([name]) => fieldOf(info, name) !== true);
  if (missing.length > 0) {
    const names = missing.map(([, what]) => what).join(" and ");
    return (
      `cannot limit ${names}: its kernel or user lacks the control groups for it ` +
      "(without root: https://docs.docker.com/engine/security/rootless/tips/#limiting-resources)"
    );
  }
  const options = fieldOf(info, "SecurityOptions");
  // A daemon may be set to have none: "name=seccomp,profile=unconfined".
  const isFilter = (one: unknown): boolean => /^name=seccomp(?!.*\bprofile=unconfined\b)/.test(String(one));
  const hasFilter = Array.isArray(options) && options.some(isFilter);
  return hasFilter
    ? undefined
    : "does not filter system calls: use one that is built with seccomp, and whose profile is not unconfined";
}

async function sweepInBackground(client: DockerClient): Promise<void> {
  try {
    await sweepOrphans(client);
  } catch {
    // The next process tries again.
  }
}
