import { createRepo, uploadFile } from "@huggingface/hub";
import {
  type FoundPackage,
  HubClient,
  packAgent,
  packPackage,
  pushAgent,
  pushPackage,
  type SearchOptions,
  type SearchSummary,
  searchPackages,
} from "@smoltools/hub";
import type { ManifestTool } from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { collect, startHub, type TestHub } from "./hub-fixture.ts";

let hub: TestHub;
beforeAll(async () => {
  hub = await startHub();
  await publish("acme/weather", {
    description: "Tells the weather of tomorrow.",
    keywords: ["forecast"],
    permissions: { net: ["api.example.com"], env: ["KEY"] },
    tools: [tool("getForecast", { city: { type: "string" }, days: { type: "integer" } }, { type: "object" })],
  });
  await publish("acme/resize", {
    description: "Makes pictures smaller.",
    keywords: ["photo"],
    runtime: "node",
    tools: [tool("resize_image", { picture: image, width: { type: "integer" } }, image)],
  });
  await publish("alice/greet", {
    description: "Greets people, in any weather.",
    tools: [tool("greet", { name: { type: "string" } }, { type: "string" })],
  });
  await publish("alice/private", { description: "Nobody finds this.", tools: [tool("hide", {})] }, true);
  // No package: it has no released version.
  await createRepo({ ...hub.as("alice"), repo: { type: "space", name: "alice/weather-draft" } });
});
afterAll(() => hub[Symbol.asyncDispose]());

const image = { type: "object", properties: { kind: { const: "image" }, mediaType: { type: "string" } } } as const;

function tool(name: string, properties: Record<string, object>, output?: object): ManifestTool {
  const inputSchema = { type: "object", properties } as const;
  return { name, description: `Does ${name}.`, inputSchema, ...(output && { outputSchema: output }) };
}

async function publish(name: string, more: object, isPrivate = false): Promise<void> {
  const packed = packPackage({
    name,
    version: "1.0.0",
    description: "",
    runtime: "js",
    code: "export const tools = {};\n",
    sources: {},
    tools: [],
    ...more,
  });
  const client = new HubClient({ hubUrl: hub.url, token: name.startsWith("acme") ? "hf_alice" : "hf_alice" });
  await pushPackage(client, packed, { private: isPrivate });
}

/** A client; with `list`, the hub looks like one that has no index. */
function clientOf(token?: string, list = false): HubClient {
  const withoutIndex: typeof fetch = async (input, init) =>
    String(input instanceof Request ? input.url : input).includes("/api/smoltools/")
      ? new Response('{"error":"no such address"}', { status: 404, headers: { "content-type": "application/json" } })
      : fetch(input, init);
  return new HubClient({
    hubUrl: hub.url,
    retries: 0,
    ...(token !== undefined && { token }),
    ...(list && { fetch: withoutIndex }),
  });
}

const namesOf = async (words: string, options?: SearchOptions, client = clientOf()) =>
  (await collect(searchPackages(client, words, options))).map(({ repo }) => repo);

describe("an agent", () => {
  it("is found by its words, the names of its tools and the tag of agents, and is told from tools", async () => {
    await using own = await startHub();
    const client = new HubClient({ hubUrl: own.url, token: "hf_alice" });
    const sandbox = { name: "quickjs", language: "javascript" } as const;
    const packed = packAgent({
      name: "acme/researcher",
      version: "1.0.0",
      description: "Looks into archives.",
      permissions: { net: ["*"], env: [], read: [], write: [], run: [] },
      agent: {
        class: "CodeAgent",
        model: { provider: "openai", id: "m" },
        tools: [{ kind: "built-in", name: "visit_webpage", settings: {} }],
        managedAgents: [],
        options: { sandbox },
      },
    });
    await pushAgent(client, packed);
    for (const [words, options] of [
      ["archives", {}],
      ["visit webpage", {}],
      ["", { tags: ["agent"] }],
      ["", { permissions: ["net:*"] }],
    ] as [string, SearchOptions][]) {
      const found = await collect(searchPackages(client, words, options));
      expect(found).toMatchObject([{ repo: "acme/researcher", kind: "agent", version: "1.0.0" }]);
    }
    expect(await collect(searchPackages(client, "", { tags: ["tool"] }))).toEqual([]);
  });
});

describe("searching an embedded hub", () => {
  it.each<[string, string, SearchOptions, string[]]>([
    ["words of a name, best first", "weather", {}, ["acme/weather", "alice/greet"]],
    ["the start of a word", "weath", {}, ["acme/weather", "alice/greet"]],
    ["a word with a wrong letter", "forecasd", {}, ["acme/weather"]],
    ["a keyword", "photo", {}, ["acme/resize"]],
    ["the name of a tool, in pieces", "forecast get", {}, ["acme/weather"]],
    ["the name of a parameter", "width", {}, ["acme/resize"]],
    ["words that are nowhere together", "tomorrow photo", {}, ["acme/weather", "acme/resize"]],
    ["nothing that there is", "zebra", {}, []],
    ["an owner", "", { owner: "Alice" }, ["alice/greet"]],
    ["a keyword as tag", "", { tags: ["photo"] }, ["acme/resize"]],
    ["the tag of all packages", "", { tags: ["smoltools", "forecast"] }, ["acme/weather"]],
    ["a type that goes in", "", { inputs: ["image"] }, ["acme/resize"]],
    ["a parameter with its type", "", { inputs: ["city:string"] }, ["acme/weather"]],
    ["a parameter with another type", "", { inputs: ["city:image"] }, []],
    ["a type that comes out", "", { outputs: ["image"] }, ["acme/resize"]],
    ["a permission", "", { permissions: ["net"] }, ["acme/weather"]],
    ["a permission in full", "", { permissions: ["net:api.example.com", "env:KEY"] }, ["acme/weather"]],
    ["no permission", "weather", { permissions: ["none"] }, ["alice/greet"]],
    ["a runtime", "", { runtime: "node" }, ["acme/resize"]],
    ["another type of repo", "", { repoType: "model" }, []],
  ])("finds by %s", async (_title, words, options, found) => {
    expect(await namesOf(words, options)).toEqual(found);
  });

  it("finds everything without words, what was changed last first", async () => {
    expect([...(await namesOf(""))].sort()).toEqual(["acme/resize", "acme/weather", "alice/greet"]);
  });

  it("tells what the newest version declares", async () => {
    const [found] = await collect(searchPackages(clientOf(), "weather"));
    expect(found).toMatchObject({
      repoType: "space",
      repo: "acme/weather",
      version: "1.0.0",
      description: "Tells the weather of tomorrow.",
      runtime: "js",
      permissions: ["net", "net:api.example.com", "env", "env:KEY"],
      tools: [{ name: "getForecast", inputs: [{ name: "city", types: ["string"] }, { name: "days" }] }],
    } satisfies DeepPartial<FoundPackage>);
  });

  it("says how many there are, and of which kinds", async () => {
    let summary: SearchSummary | undefined;
    await collect(searchPackages(clientOf(), "", { onSummary: (told) => (summary = told), limit: 1 }));
    expect(summary).toMatchObject({
      total: 3,
      facets: {
        owner: [
          { value: "acme", count: 2 },
          { value: "alice", count: 1 },
        ],
        runtime: [
          { value: "js", count: 2 },
          { value: "node", count: 1 },
        ],
        permission: [
          { value: "none", count: 2 },
          { value: "env", count: 1 },
          { value: "net", count: 1 },
        ],
      },
    });
  });

  it("shows what is private to those who may see it, and counts it for nobody else", async () => {
    expect(await namesOf("nobody", {}, clientOf("hf_alice"))).toEqual(["alice/private"]);
    expect(await namesOf("nobody", {}, clientOf("hf_bob"))).toEqual([]);
    expect(await (await hub.request("/api/smoltools/search?q=nobody")).json()).toMatchObject({
      total: 0,
      results: [],
      facets: { owner: [] },
    });
  });

  it("goes on by pages", async () => {
    const pages: string[][] = [];
    let cursor = "";
    do {
      const page = await (await hub.request(`/api/smoltools/search?limit=2&cursor=${cursor}`)).json();
      pages.push(page.results.map(({ id }: { id: string }) => id));
      cursor = page.next ?? "";
    } while (cursor !== "");
    expect(pages.map(({ length }) => length)).toEqual([2, 1]);
    expect(new Set(pages.flat()).size).toBe(3);
  });

  it("finds a new version as soon as it is out, and not what it no longer says", async () => {
    await publish("alice/changing", { description: "A walrus.", tools: [tool("act", {})] });
    expect(await namesOf("walrus")).toEqual(["alice/changing"]);
    await publish("alice/changing", { version: "1.1.0", description: "A penguin.", tools: [tool("act", {})] });
    expect([await namesOf("walrus"), await namesOf("penguin")]).toEqual([[], ["alice/changing"]]);
    await hub.request("/api/repos/delete", {
      method: "DELETE",
      token: "hf_root",
      json: { type: "space", organization: "alice", name: "changing" },
    });
    expect(await namesOf("penguin")).toEqual([]);
  });

  it("passes over a version that was yanked, and tells of one that is deprecated", async () => {
    await publish("alice/aging", { description: "Quokka old.", tools: [tool("act", {})] });
    await publish("alice/aging", { version: "1.1.0", description: "Quokka new.", tools: [tool("act", {})] });
    const at = "2026-11-21T00:00:00.000Z";
    const registry = {
      schemaVersion: 1,
      versions: { "1.1.0": { yanked: { reason: "broken", at } }, "1.0.0": { deprecated: { message: "old", at } } },
    };
    await uploadFile({
      ...hub.as("alice"),
      repo: { type: "space", name: "alice/aging" },
      file: { path: "registry.json", content: new Blob([JSON.stringify(registry)]) },
    });
    expect(await collect(searchPackages(clientOf(), "quokka"))).toMatchObject([
      { version: "1.0.0", description: "Quokka old.", deprecated: "old" },
    ]);
  });

  it.each(["q=" + "x".repeat(201), "type=kernel", "cursor=zzz", "limit=0", `${"tag=a&".repeat(21)}`])(
    "refuses %s",
    async (query) => {
      expect((await hub.request(`/api/smoltools/search?${query}`)).status).toBe(400);
    },
  );

  it("finds Spaces for the Python client's search", async () => {
    const found = await (await hub.request("/api/spaces/semantic-search?q=weather&sdk=static")).json();
    expect(found[0]).toMatchObject({ id: "acme/weather", semanticRelevancyScore: expect.any(Number) });
    const scores = found.map(({ semanticRelevancyScore: score }: { semanticRelevancyScore: number }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });
});

describe("searching a hub that has a list only", () => {
  const names = (words: string, options?: SearchOptions) => namesOf(words, options, clientOf("hf_bob", true));

  it.each<[string, string, SearchOptions, string[]]>([
    ["a part of a name", "resi", {}, ["acme/resize"]],
    ["an owner", "weather", { owner: "acme" }, ["acme/weather"]],
    ["a tag", "", { tags: ["forecast"] }, ["acme/weather"]],
    ["a type that goes in", "", { inputs: ["image"] }, ["acme/resize"]],
    ["a type that comes out", "", { outputs: ["string"] }, ["alice/greet"]],
    ["a permission", "", { permissions: ["net"] }, ["acme/weather"]],
    ["a runtime", "", { runtime: "node" }, ["acme/resize"]],
  ])("finds by %s", async (_title, words, options, found) => {
    expect(await names(words, options)).toEqual(found);
  });

  it("reads no more manifests than it may", async () => {
    expect((await names("", { permissions: ["none"], maxManifests: 1 })).length).toBeLessThanOrEqual(1);
  });

  it("stops where its reader stops, and when it is told to", async () => {
    for await (const found of searchPackages(clientOf(undefined, true), "")) {
      expect(found.repo).toMatch(/^(acme|alice)\//);
      break;
    }
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(names("", { inputs: ["image"], signal })).rejects.toThrow("enough");
  });

  it("finds at most as many as are asked for", async () => {
    expect(await names("", { limit: 2 })).toHaveLength(2);
    expect(await names("", { limit: 1, permissions: ["none"] })).toHaveLength(1);
    expect(await names("", { limit: 0 })).toEqual([]);
  });
});

type DeepPartial<T> = { [K in keyof T]?: T[K] extends object | undefined ? DeepPartial<T[K]> : T[K] };
