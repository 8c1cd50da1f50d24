import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { fetchCollection, HubClient, ToolCollection as HubCollection } from "@smoltools/hub";
import { isTool } from "@smoltools/core";
import { createCollection, createRepo } from "@huggingface/hub";
import { type CollectionLoadOptions, ToolCollection } from "smoltools";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countingFetch, testHub, writeToken } from "./hub-fixture.ts";

let hub: Awaited<ReturnType<typeof testHub>>;
/** A hub with collections, before a hub of the repos. */
let url = "";
const collections = new Map<string, unknown>();
const hopByHop = new Set(["connection", "content-encoding", "content-length", "keep-alive", "transfer-encoding"]);
const server = createServer((request, response) => {
  void (async () => {
    const path = request.url ?? "";
    const slug = /^\/api\/collections\/(.+)$/.exec(path)?.[1];
    if (slug !== undefined) {
      const found = collections.get(slug);
      const status = found === undefined ? 404 : 200;
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(found ?? { error: "Collection not found" }));
      return;
    }
    const { authorization } = request.headers;
    const headers = authorization === undefined ? {} : { authorization };
    const answer = await fetch(`${hub.server.url}${path}`, { redirect: "manual", headers });
    for (const [name, value] of answer.headers) if (!hopByHop.has(name)) response.setHeader(name, value);
    response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()));
  })();
});

beforeAll(async () => {
  hub = await testHub();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  await hub.publish("one", "return 1");
  await hub.publish("two", "return 2", {
    tools: [{ name: "second", description: "Acts.", inputSchema: { type: "object" } }],
    code: "export const tools = { second: async () => 2 };\n",
  });
  await hub.publish("online", "return 3", { permissions: { net: ["api.example.com"] } });
  await createRepo({ repo: { type: "space", name: "acme/empty" }, hubUrl: hub.server.url, accessToken: writeToken });
});
afterAll(async () => {
  await new Promise<void>((resolve) => server.close(() => resolve()));
  await hub[Symbol.asyncDispose]();
});

const id = "0123456789abcdef01234567";
const item = (name: string, type = "space"): object => ({ _id: name, type, id: name, position: 0 });

/** A collection of these items under a slug of its own. */
function collection(title: string, ...items: unknown[]): string {
  const slug = `acme/${title}-${id}`;
  collections.set(slug, { slug, title, owner: { name: "acme" }, items, private: false });
  return slug;
}

function options(more: CollectionLoadOptions = {}): CollectionLoadOptions {
  const { cacheDir = "" } = hub.coldOptions();
  return { hubUrl: url, cacheDir, retries: 0, env: {}, ...more };
}

describe("the tools of a collection", () => {
  it("are those of its packages, in order, and the rest is reported", async () => {
    const slug = collection(
      "mixed",
      item("acme/two"),
      item("acme/model", "model"),
      item("acme/empty"),
      item("acme/gone"),
      item("acme/one"),
    );
    await using tools = await ToolCollection.fromHub(slug, options());
    const loaded = await tools.tools();
    expect(loaded.map(({ name }) => name)).toEqual(["second", "act"]);
    expect(await Promise.all(loaded.map((each) => each.call({})))).toEqual([2, 1]);
    expect(tools.skipped.map((skipped) => [skipped.id, skipped.why])).toEqual([
      ["acme/model", "a model is no package of tools"],
      ["acme/empty", expect.stringContaining("no published version")],
      ["acme/gone", expect.stringContaining("acme/gone")],
    ]);
    expect([tools.title, tools.items.length, loaded.every(isTool)]).toEqual(["mixed", 5, true]);
  });

  it("are loaded when they are asked for, once", async () => {
    const slug = collection("lazy", item("acme/one"), item("acme/two"));
    const { urls, fetch } = countingFetch();
    await using tools = await ToolCollection.fromHub(slug, options({ fetch }));
    expect(urls).toEqual([`${url}/api/collections/${slug}`]);
    for await (const tool of tools) {
      expect(tool.name).toBe("act");
      break;
    }
    expect(urls.some((each) => each.includes("acme/two"))).toBe(false);
    const [all, again] = await Promise.all([tools.tools(), tools.tools()]);
    expect(all).toEqual(again);
    const requests = urls.length;
    await tools.tools();
    expect(urls).toHaveLength(requests);
  });

  it("pass the gate of permissions, one package at a time", async () => {
    const slug = collection("asking", item("acme/one"), item("acme/online"));
    await using refused = await ToolCollection.fromHub(slug, options({ prefix: "repo" }));
    await expect(refused.tools()).rejects.toMatchObject({ code: "PERMISSION_NOT_GRANTED" });
    const asked: string[] = [];
    const permissions = ({ ref }: { ref: string }): boolean => asked.push(ref) > 0;
    await using granted = await ToolCollection.fromHub(slug, options({ prefix: "repo", permissions }));
    expect((await granted.tools()).map(({ name }) => name)).toEqual(["one_act", "online_act"]);
    expect(asked).toEqual(["acme/online"]);
  });

  it("are locked, and what is added later is not loaded from a frozen lock file", async () => {
    const lockFile = join(hub.folder, "collection.lock");
    const slug = collection("locked", item("acme/two"));
    const kept = options({ lockFile });
    await using first = await ToolCollection.fromHub(slug, kept);
    await first.tools();
    expect(Object.keys(JSON.parse(await readFile(lockFile, "utf8")).packages)).toEqual(["acme/two"]);
    collection("locked", item("acme/two"), item("acme/one"));
    await using second = await ToolCollection.fromHub(slug, { ...kept, frozen: true });
    await expect(second.tools()).rejects.toMatchObject({ code: "LOCK_ENTRY_MISSING", data: { ref: "acme/one" } });
  });

  it("have names of their own, or it is said how to make them so", async () => {
    await hub.publish("other", "return 9");
    const slug = collection("twice", item("acme/one"), item("acme/other"));
    await using clashing = await ToolCollection.fromHub(slug, options());
    await expect(clashing.tools()).rejects.toMatchObject({
      code: "TOOL_NAME_CLASH",
      message: expect.stringMatching(/acme\/one and acme\/other.*"act".*prefix/),
    });
    await using named = await ToolCollection.fromHub(
      slug,
      options({ prefix: ({ id: repo }) => `${repo.split("/")[1]}_` }),
    );
    const loaded = await named.tools();
    expect(loaded.map(({ name }) => name)).toEqual(["one_act", "other_act"]);
    expect(await loaded[1]?.call({})).toBe(9);
    await expect(loaded[1]?.call({ m: 1 })).rejects.toMatchObject({ name: "ToolInputError" });
    await using wrong = await ToolCollection.fromHub(slug, options({ prefix: () => "not-a-name-" }));
    await expect(wrong.tools()).rejects.toMatchObject({ code: "TOOL_NAME_CLASH" });
  });

  it("end with their collection", async () => {
    const tools = await ToolCollection.fromHub(collection("ending", item("acme/one")), options());
    const [act] = await tools.tools();
    expect(await act?.call({})).toBe(1);
    await tools[Symbol.asyncDispose]();
    await expect(act?.call({})).rejects.toMatchObject({ code: "SANDBOX_DISPOSED" });
  });
});

it("a collection of the embedded hub, made by the official client, is loaded", async () => {
  const connection = { hubUrl: hub.server.url, accessToken: writeToken };
  const collection = { title: "Own", namespace: "acme", description: "", private: false };
  const { slug } = await createCollection({ collection, ...connection });
  for (const name of ["acme/two", "acme/one"]) {
    // The official client for JavaScript has no call for it.
    const answer = await fetch(`${hub.server.url}/api/collections/${slug}/items`, {
      method: "POST",
      headers: { authorization: `Bearer ${writeToken}`, "content-type": "application/json" },
      body: JSON.stringify({ item: { type: "space", id: name } }),
    });
    expect(answer.status).toBe(200);
  }
  await using tools = await ToolCollection.fromHub(slug, options({ hubUrl: hub.server.url }));
  expect((await tools.tools()).map(({ name }) => name)).toEqual(["second", "act"]);
});

describe("a collection that cannot be had", () => {
  it.each(["x", "a/b/c", "../x/y", "acme/..", "a b/c", `acme/${"x".repeat(300)}`])("has the slug %j", async (slug) => {
    await expect(ToolCollection.fromHub(slug, options())).rejects.toMatchObject({ code: "REF_INVALID" });
  });

  it("is not there", async () => {
    await expect(ToolCollection.fromHub(`acme/none-${id}`, options())).rejects.toMatchObject({
      code: "HUB_REPO_NOT_FOUND",
    });
  });

  it.each([
    ["no list", { slug: "x", title: "x", items: {} }],
    ["items without names", { slug: "x", title: "x", items: [{ type: "space" }] }],
    ["items without end", { slug: "x", title: "x", items: Array.from({ length: 1001 }, () => item("acme/one")) }],
  ])("has %s", async (what, answer) => {
    const slug = `acme/${what.replaceAll(" ", "-")}-${id}`;
    collections.set(slug, answer);
    await expect(ToolCollection.fromHub(slug, options())).rejects.toMatchObject({ code: "HUB_RESPONSE_INVALID" });
  });

  it("names what is no repo, and that leads nowhere", async () => {
    const slug = collection("hostile", item("file:/etc"), item("../../x"), item("acme/one@main"), item("acme/one#act"));
    const client = new HubClient({ hubUrl: url, retries: 0 });
    await using tools = new HubCollection(await fetchCollection(client, slug), hub.coldOptions({ hubUrl: url }));
    expect(await tools.tools()).toEqual([]);
    expect(tools.skipped).toHaveLength(4);
  });
});
