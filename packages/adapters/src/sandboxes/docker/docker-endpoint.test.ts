import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { dockerEndpoint } from "./docker-endpoint.ts";

const folder = mkdtempSync(join(tmpdir(), "smoltools-docker-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A configuration folder of the docker command. */
function configuration(name: string, config: object, contexts: Readonly<Record<string, object>> = {}): string {
  const path = join(folder, name);
  mkdirSync(path);
  writeFileSync(join(path, "config.json"), JSON.stringify(config));
  for (const [context, docker] of Object.entries(contexts)) {
    const meta = join(path, "contexts", "meta", idOf(context));
    mkdirSync(meta, { recursive: true });
    writeFileSync(join(meta, "meta.json"), JSON.stringify({ Name: context, Endpoints: { docker } }));
  }
  return path;
}

function idOf(context: string): string {
  return createHash("sha256").update(context).digest("hex");
}

const desktop = { Host: "unix:///home/me/.docker/desktop/docker.sock", SkipTLSVerify: false };
const contexts = { desktop, office: { Host: "tcp://office:2376", SkipTLSVerify: true } };
const empty = join(folder, "none");
const plain = configuration("plain", { auths: {} });
const withContexts = configuration("contexts", { currentContext: "desktop" }, contexts);

test.each([
  ["the default socket", { DOCKER_CONFIG: empty }, "unix:///var/run/docker.sock"],
  ["the default socket where no context is chosen", { DOCKER_CONFIG: plain }, "unix:///var/run/docker.sock"],
  ["DOCKER_HOST", { DOCKER_CONFIG: plain, DOCKER_HOST: "unix:///a b/docker.sock" }, "unix:///a b/docker.sock"],
  ["the current context", { DOCKER_CONFIG: withContexts }, desktop.Host],
  ["DOCKER_CONTEXT before it", { DOCKER_CONFIG: withContexts, DOCKER_CONTEXT: "office" }, "tcp://office:2376"],
  [
    "DOCKER_HOST before all contexts",
    { DOCKER_CONFIG: withContexts, DOCKER_CONTEXT: "office", DOCKER_HOST: "unix:///x" },
    "unix:///x",
  ],
  [
    "the default socket by its context",
    { DOCKER_CONFIG: withContexts, DOCKER_CONTEXT: "default" },
    "unix:///var/run/docker.sock",
  ],
])("takes %s", async (_, environment, url) => {
  expect((await dockerEndpoint(environment)).url).toBe(url);
});

test.each([
  ["unix:///var/run/docker.sock", { socketPath: "/var/run/docker.sock" }],
  ["npipe:////./pipe/docker_engine", { socketPath: "\\\\.\\pipe\\docker_engine" }],
  ["tcp://10.0.0.1:2375", { host: "10.0.0.1", port: 2375 }],
  ["tcp://[::1]:4000", { host: "::1", port: 4000 }],
  ["tcp://builder", { host: "builder", port: 2375 }],
  ["https://builder", { host: "builder", port: 2376 }],
])("reads %s", async (host, address) => {
  expect((await dockerEndpoint({ DOCKER_CONFIG: empty, DOCKER_HOST: host })).address).toEqual(address);
});

test("takes the certificates of DOCKER_CERT_PATH when they are asked for", async () => {
  const certificates = join(folder, "certificates");
  mkdirSync(certificates);
  for (const name of ["ca", "cert", "key"]) writeFileSync(join(certificates, `${name}.pem`), name);
  const environment = { DOCKER_HOST: "tcp://a:2376", DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: certificates };
  const { tls } = await dockerEndpoint(environment);
  expect(tls).toEqual({ ca: "ca", cert: "cert", key: "key", rejectUnauthorized: true });
});

test("takes the certificates of a context, and its word on checking them", async () => {
  const path = configuration("tls", { currentContext: "office" }, contexts);
  const certificates = join(path, "contexts", "tls", idOf("office"), "docker");
  mkdirSync(certificates, { recursive: true });
  writeFileSync(join(certificates, "ca.pem"), "ca");
  const { tls } = await dockerEndpoint({ DOCKER_CONFIG: path });
  expect(tls).toEqual({ ca: "ca", rejectUnauthorized: false });
});

test.each([
  ["ssh://me@builder", /ssh -nNT -L/],
  ["builder:2375", /DOCKER_HOST is "builder:2375"/],
  ["tcp://a:port", /DOCKER_HOST/],
  ["fd://", /DOCKER_HOST/],
])("does not take %s, and says what to do", async (host, message) => {
  await expect(dockerEndpoint({ DOCKER_HOST: host })).rejects.toThrow(message);
});

test("says that a context is not there", async () => {
  await expect(dockerEndpoint({ DOCKER_CONFIG: plain, DOCKER_CONTEXT: "gone" })).rejects.toThrow(
    /"gone".*docker context/,
  );
});
