import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadPackage, loadTool, type PackedPackage, PackageCache, pushPackage } from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageOf, sandbox, testHub } from "./hub-fixture.ts";

/** What a hub that lies answers. */
interface Lies {
  /** Commit that it says a tag points at. */
  commit?: string;
  tags?: string[];
  branches?: string[];
  packed?: PackedPackage;
  etag?: string;
  /** Takes an answer over, instead of the files. */
  file?: (request: IncomingMessage, response: ServerResponse) => void;
}

async function lyingHub({ commit = "a".repeat(40), tags = ["v1.0.0"], branches = [], packed, etag, file }: Lies) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://x").pathname);
    if (path.endsWith("/refs")) {
      const refs = (names: string[]) => names.map((name) => ({ name, ref: name, targetCommit: commit }));
      response.setHeader("content-type", "application/json");
      return response.end(JSON.stringify({ branches: refs(branches), tags: refs(tags), converts: [] }));
    }
    if (file) return file(request, response);
    const bytes = packed?.files.get(path.split(`/resolve/${commit}/`)[1] ?? "");
    if (!bytes) return response.writeHead(404, { "x-error-code": "EntryNotFound" }).end();
    response.setHeader("etag", `"${etag ?? "0".repeat(40)}"`);
    return response.end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

let folder: string;
let hub: Awaited<ReturnType<typeof testHub>>;
beforeAll(async () => {
  hub = await testHub();
  folder = await mkdtemp(join(tmpdir(), "smoltools-hostile-"));
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

describe("a hostile hub", () => {
  it("cannot put its files in place of another hub's by naming the same commit", async () => {
    const { commit } = await pushPackage(hub.client(), packageOf("return 'good'", { name: "acme/victim" }));
    const cacheDir = join(folder, "shared-cache");
    await using liar = await lyingHub({
      commit: commit ?? "",
      packed: packageOf("return 'evil'", { name: "acme/victim" }),
    });
    await using evil = await loadTool("acme/victim@1.0.0", { hubUrl: liar.url, sandbox, cacheDir });
    expect(await evil.call({})).toBe("evil");
    await using good = await loadTool("acme/victim@1.0.0", hub.options({ cacheDir }));
    expect(await good.call({})).toBe("good");
  });

  it("cannot overwrite the file of another version by repeating its etag", async () => {
    const cacheDir = join(folder, "etag-cache");
    const etag = "b".repeat(40);
    await using first = await lyingHub({ packed: packageOf("return 'one'"), etag });
    await using loaded = await loadPackage("acme/act", { hubUrl: first.url, sandbox, cacheDir });
    await loaded.download();
    const path = new PackageCache(cacheDir, first.url).snapshotPath(
      loaded.resolved ?? { repoType: "space", repo: "", commit: "" },
      "dist/tool.mjs",
    );
    const before = await readFile(path, "utf8");
    const cache = new PackageCache(cacheDir, first.url);
    await cache.write(
      { repoType: "space", repo: "acme/act", commit: "c".repeat(40) },
      "dist/tool.mjs",
      Buffer.from("evil"),
      etag,
    );
    expect(await readFile(path, "utf8")).toBe(before);
  });

  it("cannot lead out of the cache by the name of a branch", async () => {
    const precious = join(folder, "precious");
    await writeFile(precious, "mine");
    const name = "../../../../precious";
    await using liar = await lyingHub({ branches: [name], tags: [], packed: packageOf("return 1") });
    const load = loadPackage(`acme/act@${name}`, { hubUrl: liar.url, sandbox, cacheDir: join(folder, "x", "cache") });
    await expect(load).rejects.toMatchObject({ code: "REF_INVALID" });
    expect(await readFile(precious, "utf8")).toBe("mine");
  });

  it.each<[string, Lies["file"], string]>([
    [
      "stalls in the middle of a file",
      (_request, response) => void response.writeHead(200, { "content-length": "100" }).write("{"),
      "HUB_TIMEOUT",
    ],
    [
      "breaks off in the middle of a file",
      (_request, response) => {
        response.writeHead(200, { "content-length": "100" }).write("{");
        setTimeout(() => response.destroy(), 20);
      },
      "HUB_UNAVAILABLE",
    ],
    [
      "sends more than a manifest may have",
      (_request, response) => void response.end(Buffer.alloc(2 * 1024 * 1024)),
      "HUB_RESPONSE_TOO_LARGE",
    ],
    ["sends something that is no JSON", (_request, response) => void response.end("<html>"), "MANIFEST_INVALID"],
    ["answers with 500", (_request, response) => void response.writeHead(500).end(), "HUB_UNAVAILABLE"],
    ["asks for payment", (_request, response) => void response.writeHead(402).end(), "HUB_PAYMENT_REQUIRED"],
  ])("that %s is reported by its code", async (_title, file, code) => {
    await using liar = await lyingHub({ ...(file && { file }) });
    const options = { hubUrl: liar.url, sandbox, cacheDir: join(folder, `cache-${code}`), timeoutMs: 300, retries: 0 };
    await expect(loadPackage("acme/act", options)).rejects.toMatchObject({ code });
  });

  it("that answers with something else than refs is reported", async () => {
    const server = createServer((_request, response) =>
      response.end(JSON.stringify({ branches: [{ name: 1 }], tags: [] })),
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const hubUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      await expect(loadPackage("acme/act", { hubUrl, sandbox, retries: 0 })).rejects.toMatchObject({
        code: "HUB_RESPONSE_INVALID",
      });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
