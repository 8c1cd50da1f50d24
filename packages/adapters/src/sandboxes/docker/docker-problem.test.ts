import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { docker, dockerProblem } from "./index.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

/** Something that answers in the place of a daemon. */
async function standIn(listener: RequestListener): Promise<AsyncDisposable> {
  const folder = mkdtempSync(join(tmpdir(), "smoltools-docker-"));
  const path = join(folder, "docker.sock");
  const server = createServer(listener).listen(path);
  await once(server, "listening");
  vi.stubEnv("DOCKER_HOST", `unix://${path}`);
  return {
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const good = {
  OSType: "linux",
  MemoryLimit: true,
  PidsLimit: true,
  CpuCfsQuota: true,
  SecurityOptions: ["name=seccomp,profile=default"],
};

function daemon(version: string, info: object): RequestListener {
  return (request, response) => {
    response.setHeader("Api-Version", version);
    response.end(JSON.stringify(request.url?.endsWith("/info") ? info : []));
  };
}

test("finds no problem with a daemon that has all limits", async () => {
  await using _daemon = await standIn(daemon("1.41", good));
  expect(await dockerProblem()).toBeUndefined();
});

test.each([
  ["is too old", "1.24", good, /update it to Docker 20.10/],
  ["runs Windows containers", "1.41", { ...good, OSType: "windows" }, /Linux containers/],
  ["cannot limit memory", "1.41", { ...good, MemoryLimit: false }, /cannot limit memory: .*rootless/],
  ["cannot limit processes", "1.41", { ...good, PidsLimit: false }, /cannot limit processes/],
  ["cannot limit processor time", "1.41", { ...good, CpuCfsQuota: false }, /cannot limit processor time/],
  ["filters no system calls", "1.41", { ...good, SecurityOptions: [] }, /seccomp/],
  [
    "is told to filter none",
    "1.41",
    { ...good, SecurityOptions: ["name=seccomp,profile=unconfined", "name=cgroupns"] },
    /seccomp/,
  ],
])("refuses a daemon that %s", async (_, version, info, message) => {
  await using _daemon = await standIn(daemon(version, info));
  expect(await dockerProblem()).toMatch(message);
});

test("does not take any server for a daemon", async () => {
  await using _server = await standIn((_request, response) => response.end("hello"));
  expect(await dockerProblem()).toMatch(/no Docker daemon/);
});

test("looks again after a problem", async () => {
  let version = "1.24";
  await using _daemon = await standIn((request, response) => daemon(version, good)(request, response));
  expect(await dockerProblem()).toMatch(/update/);
  version = "1.41";
  expect(await dockerProblem()).toBeUndefined();
});

test("says what to install where there is no daemon", async () => {
  vi.stubEnv("DOCKER_HOST", "unix:///nowhere/docker.sock");
  expect(await dockerProblem()).toMatch(/no Docker daemon at unix:\/\/\/nowhere\/docker.sock: install Docker/);
});

test("creates no sandbox where there is no daemon", async () => {
  vi.stubEnv("DOCKER_HOST", "unix:///nowhere/docker.sock");
  await expect(docker().create()).rejects.toMatchObject({ code: "SANDBOX_UNAVAILABLE", data: { sandbox: "docker" } });
});
