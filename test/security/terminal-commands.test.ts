import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type LoadWarning, loadTool } from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageOf, sandbox } from "../flows/hub-fixture.ts";
import { serveLocal } from "./lying-hub.ts";

const evil = "\u001B]0;owned\u0007\u001B[2J\u202Egpj\r\n\u009B31m";
const commands = /[\p{Cc}\p{Cf}]/u;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "smoltools-terminal-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("text of a hub with commands to a terminal in it", () => {
  it("does not get into the message of an error", async () => {
    await using hub = await serveLocal((_request, response) => {
      response.writeHead(403, { "content-type": "application/json" }).end(JSON.stringify({ error: evil }));
    });
    const load = loadTool("acme/act", { hubUrl: hub.url, sandbox, cacheDir: folder, retries: 0 });
    const error = (await load.catch((thrown: unknown) => thrown)) as Error;
    expect(error.message).toContain("owned");
    expect(error.message).not.toMatch(commands);
  });

  it("does not get into a warning, nor into an error about withdrawn versions", async () => {
    const packed = packageOf("return 1");
    const at = "2026-01-01T00:00:00Z";
    const registry = {
      schemaVersion: 1,
      deprecated: { message: evil, use: evil, at },
      versions: { "1.0.0": { yanked: { reason: evil, at } } },
    };
    await using hub = await serveLocal((request, response) => {
      const path = decodeURIComponent(request.url ?? "");
      if (path.endsWith("/refs")) {
        return response.end(JSON.stringify({ branches: [], tags: [{ name: "v1.0.0", targetCommit: "a".repeat(40) }] }));
      }
      if (path.endsWith("registry.json")) return response.end(JSON.stringify(registry));
      return response.end(packed.files.get(path.split(`/${"a".repeat(40)}/`)[1] ?? ""));
    });
    const warnings: LoadWarning[] = [];
    const options = {
      hubUrl: hub.url,
      sandbox,
      cacheDir: join(folder, "cache"),
      onWarning: (warning: LoadWarning) => void warnings.push(warning),
    };
    await loadTool("acme/act@1.0.0", options);
    expect(warnings).toHaveLength(2);
    for (const { message } of warnings) expect(message).not.toMatch(commands);
    const error = (await loadTool("acme/act@^1", options).catch((thrown: unknown) => thrown)) as Error;
    expect(error.message).toContain("owned");
    expect(error.message).not.toMatch(commands);
  });
});
