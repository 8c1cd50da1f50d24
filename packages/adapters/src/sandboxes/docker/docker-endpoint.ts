import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { parseJson, textField, fieldOf } from "../../shared/json-access.ts";
import { DockerFailure } from "./docker-failure.ts";

/** Certificates of a daemon that is reached over TLS. */
export interface DockerTls {
  ca?: string;
  cert?: string;
  key?: string;
  /** False only where the user's context says so. */
  rejectUnauthorized: boolean;
}

/** Where a Docker daemon listens. */
export interface DockerEndpoint {
  /** In the form of `DOCKER_HOST`, such as `unix:///var/run/docker.sock`. */
  readonly url: string;
  /** What Node connects to: a socket or pipe of this machine, or an address. */
  readonly address: { socketPath: string } | { host: string; port: number };
  readonly tls?: DockerTls;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Finds the daemon that the `docker` command would use.
 *
 * `DOCKER_HOST` (with `DOCKER_TLS_VERIFY` and `DOCKER_CERT_PATH`) comes before `DOCKER_CONTEXT`, that before the
 * current context of the user's configuration, and that before the default socket.
 *
 * @throws DockerFailure
 */
export async function dockerEndpoint(environment: Environment = process.env): Promise<DockerEndpoint> {
  const folder = environment["DOCKER_CONFIG"] || join(homedir(), ".docker");
  const host = environment["DOCKER_HOST"];
  if (host) {
    const certificates = environment["DOCKER_CERT_PATH"] || folder;
    return endpointAt(host, environment["DOCKER_TLS_VERIFY"] ? await readTls(certificates, true) : undefined);
  }
  const context =
    environment["DOCKER_CONTEXT"] || textField(parseJson(await read(join(folder, "config.json"))), "currentContext");
  if (context !== undefined && context !== "default") return await endpointOfContext(folder, context);
  return endpointAt(process.platform === "win32" ? "npipe:////./pipe/docker_engine" : "unix:///var/run/docker.sock");
}

async function endpointOfContext(folder: string, name: string): Promise<DockerEndpoint> {
  const id = createHash("sha256").update(name).digest("hex");
  const meta = parseJson(await read(join(folder, "contexts", "meta", id, "meta.json")));
  const docker = fieldOf(fieldOf(meta, "Endpoints"), "docker");
  const host = textField(docker, "Host");
  if (host === undefined) {
    throw new DockerFailure(`there is no Docker context "${name}": see docker context ls, or set DOCKER_HOST`);
  }
  const certificates = join(folder, "contexts", "tls", id, "docker");
  const tls = await readTls(certificates, fieldOf(docker, "SkipTLSVerify") !== true);
  return endpointAt(host, tls.ca || tls.cert || !tls.rejectUnauthorized ? tls : undefined);
}

function endpointAt(url: string, tls?: DockerTls): DockerEndpoint {
  const [, scheme = "", rest = ""] = /^(\w+):\/\/(.*)$/s.exec(url) ?? [];
  switch (scheme) {
    case "unix":
      return { url, address: { socketPath: rest } };
    case "npipe":
      return { url, address: { socketPath: rest.replaceAll("/", "\\") } };
    case "tcp":
    case "http":
    case "https": {
      if (!URL.canParse(`http://${rest}`)) break;
      const { hostname, port } = new URL(`http://${rest}`);
      const host = hostname.replace(/^\[|\]$/g, "");
      const secure = tls ?? (scheme === "https" ? { rejectUnauthorized: true } : undefined);
      return { url, address: { host, port: Number(port || (secure ? 2376 : 2375)) }, ...(secure && { tls: secure }) };
    }
    case "ssh":
      throw new DockerFailure(
        `the Docker daemon is at ${url}, which only the docker command reaches: forward its socket ` +
          `(ssh -nNT -L /tmp/docker.sock:/var/run/docker.sock HOST) and set DOCKER_HOST=unix:///tmp/docker.sock`,
      );
  }
  throw new DockerFailure(`DOCKER_HOST is "${url}": it must look like unix:///var/run/docker.sock or tcp://HOST:2376`);
}

async function readTls(folder: string, rejectUnauthorized: boolean): Promise<DockerTls> {
  const [ca, cert, key] = await Promise.all(["ca.pem", "cert.pem", "key.pem"].map((name) => read(join(folder, name))));
  return { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }), rejectUnauthorized };
}

/** The text of a file; nothing where there is none. */
async function read(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch {
    return "";
  }
}
