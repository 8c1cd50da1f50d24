import type { ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { HubClient, loadPackage } from "@smoltools/hub";
import { describe, expect, it } from "vitest";
import { packageOf, sandbox } from "../flows/hub-fixture.ts";
import { type Lies, lyingHub, serveLocal } from "./lying-hub.ts";

const repo = { repoType: "space", repo: "acme/act" } as const;

/** 64 MiB of nothing, in 64 kB. */
const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));

/** Writes for ever, as fast as the other side reads. */
function flood(response: ServerResponse, chunk: Buffer): void {
  const write = () => {
    while (!response.destroyed && response.write(chunk));
    if (!response.destroyed) response.once("drain", write);
  };
  write();
}

describe("a hub whose answers do not end", () => {
  it.each<[string, Lies["file"], string]>([
    [
      "stalls in the middle of a file",
      (_request, response) => void response.writeHead(200, { "content-length": "100" }).write("{"),
      "HUB_TIMEOUT",
    ],
    [
      "sends a byte now and then",
      (_request, response) => {
        response.writeHead(200);
        const timer = setInterval(() => response.write(" "), 50);
        response.once("close", () => clearInterval(timer));
      },
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
      "announces more than a manifest may have",
      (_request, response) => void response.writeHead(200, { "content-length": "99999999" }).write("{"),
      "HUB_RESPONSE_TOO_LARGE",
    ],
    [
      "sends more than it announced a manifest to have",
      (_request, response) => flood(response, Buffer.alloc(64 * 1024, " ")),
      "HUB_RESPONSE_TOO_LARGE",
    ],
    [
      "packs a flood into a few bytes",
      (_request, response) => {
        response.writeHead(200, { "content-encoding": "gzip" }).end(bomb);
      },
      "HUB_RESPONSE_TOO_LARGE",
    ],
    ["sends something that is no JSON", (_request, response) => void response.end("<html>"), "MANIFEST_INVALID"],
    ["answers with 500", (_request, response) => void response.writeHead(500).end(), "HUB_UNAVAILABLE"],
    [
      "asks to come back in a year",
      (_request, response) => void response.writeHead(429, { "retry-after": "31536000" }).end(),
      "HUB_RATE_LIMITED",
    ],
    ["asks for payment", (_request, response) => void response.writeHead(402).end(), "HUB_PAYMENT_REQUIRED"],
  ])("that %s is reported by its code", async (_title, file, code) => {
    await using liar = await lyingHub({ ...(file && { file }) });
    const options = { hubUrl: liar.url, sandbox, timeoutMs: 300, retries: 1, maxDelayMs: 10 };
    await expect(loadPackage("acme/act", { ...options, cacheDir: "/nowhere" })).rejects.toMatchObject({ code });
  });

  it("is left when its answer to a question for refs is larger than any", async () => {
    await using hub = await serveLocal((_request, response) => flood(response, Buffer.alloc(256 * 1024, " ")));
    const client = new HubClient({ hubUrl: hub.url, retries: 0 });
    await expect(client.refs(repo)).rejects.toMatchObject({ code: "HUB_RESPONSE_TOO_LARGE" });
  });

  it("is left when the text of its error does not end", async () => {
    await using hub = await serveLocal((_request, response) => {
      response.writeHead(500, { "content-type": "application/json" });
      flood(response, Buffer.alloc(256 * 1024, " "));
    });
    const client = new HubClient({ hubUrl: hub.url, retries: 0 });
    await expect(client.refs(repo)).rejects.toMatchObject({ code: "HUB_UNAVAILABLE" });
  });

  it.each<[string, (page: number) => string, (page: number) => string, string]>([
    ["has empty pages for ever", (page) => `?page=${page + 1}`, () => "[]", "empty pages"],
    ["has pages in a circle", (page) => `?page=${(page + 1) % 3}`, (page) => item(`f${page}`), "in a circle"],
    ["has pages for ever", (page) => `?page=${page + 1}`, (page) => item(`f${page}`, 5000), "more than 50000 files"],
  ])("is left when its list %s", async (_title, next, items, why) => {
    await using hub = await serveLocal((request, response) => {
      const url = new URL(request.url ?? "", hub.url);
      const page = Number(url.searchParams.get("page") ?? 0);
      response.writeHead(200, { link: `<${hub.url}${url.pathname}${next(page)}>; rel="next"` }).end(items(page));
    });
    const client = new HubClient({ hubUrl: hub.url, retries: 0 });
    await expect(client.tree(repo, "main")).rejects.toMatchObject({
      code: "HUB_RESPONSE_INVALID",
      message: expect.stringContaining(why),
    });
    expect(hub.requests.length).toBeLessThan(20);
  });

  it("is not waited for any longer than the caller wants", async () => {
    await using liar = await lyingHub({ file: () => undefined, packed: packageOf("return 1") });
    const reason = new Error("enough");
    const abort = new AbortController();
    setTimeout(() => abort.abort(reason), 100);
    const load = loadPackage("acme/act", {
      hubUrl: liar.url,
      sandbox,
      signal: abort.signal,
      cacheDir: "/nowhere",
    });
    await expect(load).rejects.toBe(reason);
  });
});

/** A page of a list of files. */
function item(name: string, count = 1): string {
  const files = Array.from({ length: count }, (_, index) => ({
    type: "file",
    path: `${name}/${index}`,
    size: 1,
    oid: "",
  }));
  return JSON.stringify(files);
}
