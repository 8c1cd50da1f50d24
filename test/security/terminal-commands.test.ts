import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { canonicalJson } from "@smoltools/core";
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

describe("text of an author with commands to a terminal in it", () => {
  it("does not get into the message about a smoltools that a package needs", async () => {
    const { manifest, files } = packageOf("return 1");
    const { integrity: _old, ...rest } = { ...manifest, engines: { smoltools: evil } };
    const hash = createHash("sha512").update(canonicalJson(rest)).digest("base64");
    const changed = { ...rest, integrity: `sha512-${hash}` };
    const target = join(folder, "engine");
    for (const [path, bytes] of files) {
      await mkdir(dirname(join(target, path)), { recursive: true });
      await writeFile(join(target, path), path === "tool.json" ? JSON.stringify(changed) : bytes);
    }
    const error = (await loadTool(target, { sandbox }).catch((thrown: unknown) => thrown)) as Error;
    expect(error).toMatchObject({ code: "RUNTIME_UNSUPPORTED", message: expect.stringContaining("owned") });
    expect(error.message).not.toMatch(commands);
  });

  it.each(["/home/\u202Etxt.exe", "/home/\u200Bx", "/home/\u009B2Jx", "/home/\u2028x"])(
    "is no part of a permission: %j",
    (path) => {
      expect(() => packageOf("return 1", { permissions: { read: [path] } })).toThrowError(
        /invisible or control characters/,
      );
    },
  );
});
