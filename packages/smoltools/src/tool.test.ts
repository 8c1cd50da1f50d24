import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HubClient, packArchive, packPackage, pushPackage, writeArchive } from "@smoltools/hub";
import { serveHub } from "@smoltools/hub/server";
import { expect, it } from "vitest";
import { Tool } from "./tool.ts";

it("Tool.fromHub gives a tool that tells its version, whether it comes from a hub or from a file", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tool-version-"));
  const token = "hf_of_acme";
  try {
    await using server = await serveHub({
      root: join(folder, "hub"),
      tokens: [{ token, user: "acme", role: "write" }],
    });
    const packed = packPackage({
      name: "acme/act",
      version: "1.2.0",
      description: "Acts.",
      tools: [{ name: "act", description: "Acts.", inputSchema: { type: "object" } }],
      runtime: "js",
      code: "export const tools = { act: () => null };\n",
      sources: {},
    });
    const hub = { hubUrl: server.url, cacheDir: join(folder, "cache") };
    await pushPackage(new HubClient({ ...hub, token }), packed);
    const file = join(folder, "act.tgz");
    await writeFile(file, writeArchive(await packArchive("acme/act@^1", hub)));
    await using ofHub = await Tool.fromHub("acme/act@^1", hub);
    await using ofFile = await Tool.fromHub(file);
    expect([ofHub.version, ofFile.version]).toEqual(["1.2.0", "1.2.0"]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
