import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HubClient, packPackage, pushPackage } from "@smoltools/hub";
import { type HubServer, serveHub } from "@smoltools/hub/server";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { addPackages, auditPackages, installPackages, listOutdated, updatePackages } from "./locked-packages.ts";

const token = "hf_of_acme";
const ref = "acme/hidden@^1";

let folder: string;
let server: HubServer;
let options: { lockFile: string; cacheDir: string };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "locked-packages-"));
  server = await serveHub({ root: join(folder, "hub"), tokens: [{ token, user: "acme", role: "write" }] });
  options = { lockFile: join(folder, "smoltools.lock"), cacheDir: join(folder, "cache") };
  await publish("1.0.0");
  vi.stubEnv("HF_ENDPOINT", server.url);
  vi.stubEnv("HF_TOKEN", token);
  await addPackages([ref], options);
  await publish("1.1.0");
});

beforeEach(() => {
  vi.stubEnv("HF_ENDPOINT", server.url);
  vi.stubEnv("HF_TOKEN", token);
});

afterEach(() => vi.unstubAllEnvs());

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

/** A private package: who asks without the token does not find it. */
function publish(version: string): Promise<unknown> {
  const packed = packPackage({
    name: "acme/hidden",
    version,
    description: "Does nothing.",
    tools: [{ name: "act", description: "Does nothing.", inputSchema: { type: "object" } }],
    runtime: "js",
    code: "export const tools = { act: () => null };\n",
    sources: {},
  });
  return pushPackage(new HubClient({ hubUrl: server.url, token }), packed, { private: true });
}

describe("with the hub and the token of the environment, and of no other,", () => {
  it("addPackages locks what is private", async () => {
    const { packages } = JSON.parse(await readFile(options.lockFile, "utf8")) as { packages: object };
    expect(packages).toMatchObject({ [ref]: { hub: server.url, version: "1.0.0" } });
  });

  it("installPackages downloads it", async () => {
    expect(await installPackages(undefined, options)).toMatchObject({ installed: [{ version: "1.0.0" }] });
  });

  it("listOutdated finds its next version", async () => {
    expect(await listOutdated(undefined, options)).toMatchObject({ outdated: [{ locked: "1.0.0", wanted: "1.1.0" }] });
  });

  it("auditPackages finds nothing wrong with it", async () => {
    expect(await auditPackages(undefined, options)).toMatchObject({ count: 1, findings: [] });
  });

  it("updatePackages sees its next version", async () => {
    const { updated } = await updatePackages(undefined, { ...options, dryRun: true });
    expect(updated).toMatchObject([{ before: { version: "1.0.0" }, after: { version: "1.1.0" } }]);
  });

  it("the token does not go to another hub that the caller names", async () => {
    vi.stubEnv("HF_ENDPOINT", "https://hub.example.org");
    const adding = addPackages([ref], { ...options, hubUrl: server.url, lockFile: join(folder, "other.lock") });
    await expect(adding).rejects.toMatchObject({ code: "HUB_REPO_NOT_FOUND" });
  });
});
