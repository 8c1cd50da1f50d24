import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HubClient, loadTool, pushPackage } from "@smoltools/hub";
import { type HubServer, serveHub } from "@smoltools/hub/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageOf, sandbox, writeToken } from "./hub-fixture.ts";

let folder: string;
let server: HubServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "smoltools-large-"));
  // Everything above 20 kB takes the way of large files.
  const limits = { maxRegularFileBytes: 20_000 };
  server = await serveHub({
    root: join(folder, "hub"),
    tokens: [{ token: writeToken, user: "acme", role: "write" }],
    limits,
  });
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

/** A client, and what was asked of the hub through it. */
function watched() {
  const seen: string[] = [];
  const fetch: typeof globalThis.fetch = (input, init) => {
    seen.push(`${init?.method ?? "GET"} ${String(input)}`);
    return globalThis.fetch(input, init);
  };
  return { seen, client: new HubClient({ hubUrl: server.url, token: writeToken, retries: 0, fetch }) };
}

const large = `return ${JSON.stringify("x".repeat(100_000))}.length`;
const versionOf = (version: string, source: string) =>
  packageOf(large, { name: "acme/large", version, sources: { "act.ts": `${source}\n` } });

describe("a package with a large file", () => {
  it("is published through Git LFS, and loads", async () => {
    const { client, seen } = watched();
    const pushed = await pushPackage(client, versionOf("1.0.0", "one"));
    expect(seen.filter((line) => line.startsWith("PUT "))).toHaveLength(1);
    expect(pushed.written).toContain("dist/tool.mjs");
    await using tool = await loadTool("acme/large", { hubUrl: server.url, sandbox, cacheDir: join(folder, "cache") });
    expect(await tool.call({})).toBe(100_000);
  });

  it("sends it once only: the next version has it already", async () => {
    const { client, seen } = watched();
    const pushed = await pushPackage(client, versionOf("1.0.1", "two"));
    expect(seen.filter((line) => line.startsWith("PUT "))).toEqual([]);
    expect(pushed.written).not.toContain("dist/tool.mjs");
    expect(pushed.files.find(({ path }) => path === "dist/tool.mjs")?.mark).toBe("same");
  });

  it("is recognised when it is published once more", async () => {
    const { client } = watched();
    expect(await pushPackage(client, versionOf("1.0.1", "two"))).toMatchObject({ alreadyPublished: true });
  });
});
