import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { HubClient, pushPackage } from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageOf, testHub, writeToken } from "../flows/hub-fixture.ts";
import { type Lies, lyingProxy } from "./lying-proxy.ts";

let hub: Awaited<ReturnType<typeof testHub>>;
let count = 0;
beforeAll(async () => {
  hub = await testHub();
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

const versionOf = (name: string, version: string) =>
  packageOf("return 1", { name, version, sources: { "act.ts": `${version}\n` } });

/** Pushes 1.1.0 of a package that has 1.0.0, through a proxy that lies. */
async function pushThrough(lies: (first: string) => Lies, timeoutMs = 5000) {
  const name = `acme/lied${count++}`;
  const repo = { repoType: "space" as const, repo: name };
  const { commit = "" } = await pushPackage(hub.client(), versionOf(name, "1.0.0"));
  await using proxy = await lyingProxy(hub.server.url, lies(commit));
  const client = new HubClient({ hubUrl: proxy.url, token: writeToken, retries: 0, timeoutMs });
  const outcome: unknown = await pushPackage(client, versionOf(name, "1.1.0")).catch((error: unknown) => error);
  const tags = async () => (await hub.client().refs(repo)).tags.map((tag) => tag.name);
  return { outcome, tags: await tags(), seen: proxy.seen };
}

const isCommit = (line: string) => line.includes("/commit/");
const isTag = (line: string) => line.includes("/tag/");

const json = (value: unknown) => ({ body: Buffer.from(JSON.stringify(value)) });

describe("a hub that lies while something is published", () => {
  it.each<[title: string, lies: (first: string) => Lies, code: string]>([
    [
      "names another commit than the one it made",
      (first) => ({ answer: ({ line }) => (isCommit(line) ? json({ commitOid: first, commitUrl: "x" }) : undefined) }),
      "HUB_RESPONSE_INVALID",
    ],
    [
      "names a commit that does not exist",
      () => ({
        answer: ({ line }) => (isCommit(line) ? json({ commitOid: "0".repeat(40), commitUrl: "x" }) : undefined),
      }),
      "HUB_REVISION_NOT_FOUND",
    ],
    [
      "names no commit",
      () => ({ answer: ({ line }) => (isCommit(line) ? json({ commitOid: "../../x", commitUrl: "x" }) : undefined) }),
      "HUB_RESPONSE_INVALID",
    ],
    [
      "stores other bytes than it was sent",
      () => ({
        request: ({ line, body }) => {
          const content = Buffer.from("1.1.0\n").toString("base64");
          const other = Buffer.from("evil!\n").toString("base64");
          return isCommit(line) ? { body: body.toString().replace(content, other) } : undefined;
        },
      }),
      "HUB_RESPONSE_INVALID",
    ],
    [
      "leaves a file out",
      () => ({
        request: ({ line, body }) => {
          const lines = body.toString().split("\n");
          return isCommit(line) ? { body: lines.filter((one) => !one.includes("src/act.ts")).join("\n") } : undefined;
        },
      }),
      "HUB_RESPONSE_INVALID",
    ],
    [
      "says that it committed, and did nothing",
      (first) => ({
        request: ({ line }) => (isCommit(line) ? { answer: json({ commitOid: first, commitUrl: "x" }) } : undefined),
      }),
      "HUB_RESPONSE_INVALID",
    ],
    [
      "gives another version's files as those of the last one",
      () => ({
        answer: ({ line, body }) =>
          line.includes("/resolve/") && line.endsWith("tool.json")
            ? { body: Buffer.from(body.toString().replace("Acts.", "Acts!")) }
            : undefined,
      }),
      "INTEGRITY_MISMATCH",
    ],
    [
      "answers the commit with something else",
      () => ({ answer: ({ line }) => (isCommit(line) ? { body: Buffer.from("<html>") } : undefined) }),
      "HUB_RESPONSE_INVALID",
    ],
    [
      "answers with more than anybody asked for",
      () => ({
        answer: ({ line }) => (line.includes("/preupload/") ? { body: Buffer.alloc(8 * 1024 * 1024, " ") } : undefined),
      }),
      "HUB_RESPONSE_TOO_LARGE",
    ],
  ])("that %s gets no tag made", async (_title, lies, code) => {
    const { outcome, tags } = await pushThrough(lies);
    expect(outcome).toMatchObject({ code });
    expect(tags).toEqual(["v1.0.0"]);
  });

  it.each<[title: string, lies: (first: string) => Lies]>([
    [
      "tags another commit",
      (first) => ({
        request: ({ line }) => (isTag(line) ? { line: line.replace(/[0-9a-f]{40}/, first) } : undefined),
      }),
    ],
    ["says that it tagged, and did not", () => ({ request: ({ line }) => (isTag(line) ? { answer: {} } : undefined) })],
    [
      "hides the tag that it made",
      () => ({
        answer: ({ line, body }) => {
          if (!line.endsWith("/refs")) return undefined;
          const refs = JSON.parse(body.toString()) as { tags: { name: string }[] };
          return json({ ...refs, tags: refs.tags.filter(({ name }) => name !== "v1.1.0") });
        },
      }),
    ],
    [
      "says that the tag is there, and does not list it",
      () => ({ request: ({ line }) => (isTag(line) ? { answer: { status: 409 } } : undefined) }),
    ],
  ])("that %s is not believed", async (_title, lies) => {
    expect((await pushThrough(lies)).outcome).toMatchObject({ code: "HUB_RESPONSE_INVALID" });
  });

  it("that makes repos which are not there is left after a while", async () => {
    await using proxy = await lyingProxy(hub.server.url, {
      request: ({ line }) =>
        line.endsWith("/repos/create") ? { answer: json({ url: "http://x/", id: "x", name: "x" }) } : undefined,
    });
    const client = new HubClient({ hubUrl: proxy.url, token: writeToken, retries: 0 });
    await expect(pushPackage(client, versionOf("acme/unmade", "1.0.0"))).rejects.toMatchObject({
      code: "HUB_RESPONSE_INVALID",
    });
    expect(proxy.seen.length).toBeLessThan(200);
  });

  it("gets no token sent to the address that it names for large files", async () => {
    const heard: (string | undefined)[] = [];
    await using elsewhere = await listen((authorization) => heard.push(authorization));
    await pushThrough(() => ({
      answer: ({ line, body }) => {
        if (!line.includes("/preupload/")) return undefined;
        const { files } = JSON.parse(body.toString()) as { files: object[] };
        return json({ files: files.map((file) => Object.assign(file, { uploadMode: "lfs" })) });
      },
      request: ({ line, body }) => {
        if (!line.endsWith("/objects/batch")) return undefined;
        const { objects } = JSON.parse(body.toString()) as { objects: object[] };
        const upload = { href: elsewhere.url };
        return {
          answer: json({
            transfer: "basic",
            objects: objects.map((one) => Object.assign(one, { actions: { upload } })),
          }),
        };
      },
    }));
    expect(heard.length).toBeGreaterThan(0);
    expect(heard.every((authorization) => authorization === undefined)).toBe(true);
  });
});

/** A server that tells of each request whether somebody showed it a token. */
async function listen(told: (authorization: string | undefined) => void): Promise<{ url: string } & AsyncDisposable> {
  const server = createServer((request, response) => {
    told(request.headers.authorization);
    request.resume().on("end", () => response.end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/upload`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
