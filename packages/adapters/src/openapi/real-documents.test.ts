import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { HostFetchRequest, Tool, ToolSourceError } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type FromOpenApiOptions, requiredHosts, toolsFromOpenApi } from "./index.ts";

const require = createRequire(import.meta.url);
const examples = dirname(require.resolve("@readme/oas-examples/package.json"));
const figmaFolder = dirname(require.resolve("@figma/rest-api-spec/package.json"));

const readme = readFileSync(join(examples, "3.1/json/readme.json"), "utf8");
const legacyReadme = readFileSync(join(examples, "3.0/json/readme-legacy.json"), "utf8");
const figma: unknown = parse(readFileSync(join(figmaFolder, "openapi/openapi.yaml"), "utf8"));

interface Derived {
  tools: Map<string, Tool>;
  refused: ToolSourceError[];
  requests: HostFetchRequest[];
}

/** The tools of a document; their requests are noted and answered with an empty object. */
async function derived(document: unknown, more: Partial<FromOpenApiOptions> = {}): Promise<Derived> {
  const refused: ToolSourceError[] = [];
  const requests: HostFetchRequest[] = [];
  const tools = await toolsFromOpenApi(document, {
    fetch: async (request) => {
      requests.push(request);
      const headers: [string, string][] = [["content-type", "application/json"]];
      return { url: request.url, status: 200, statusText: "OK", headers, body: btoa("{}") };
    },
    onUnusable: (error) => refused.push(error),
    outputSchemas: false,
    ...more,
  });
  return { tools: new Map(tools.map((tool) => [tool.name, tool])), refused, requests };
}

describe("the document of ReadMe (3.1)", () => {
  it("becomes a tool an operation, but where a pattern takes exponential time", async () => {
    const { tools, refused } = await derived(readme, { outputSchemas: true });
    expect(tools.size + refused.length).toBe(54);
    expect(refused.filter(({ message }) => !message.includes("takes exponential time"))).toEqual([]);
  });

  it("becomes a tool an operation without such patterns", async () => {
    const { tools, refused } = await derived(readme, { outputSchemas: true, dropBadPatterns: true });
    expect([tools.size, refused]).toEqual([54, []]);
  });

  it("names its host", () => {
    expect(requiredHosts(readme)).toEqual(["api.readme.com"]);
  });
});

describe("the document of ReadMe's first version (3.0)", () => {
  it("becomes a tool an operation", async () => {
    const { tools, refused } = await derived(legacyReadme, { outputSchemas: true });
    expect([tools.size, refused]).toEqual([36, []]);
  });

  it("has tools whose requests are what the document says", async () => {
    const { tools, requests } = await derived(legacyReadme, { auth: () => ({ username: "the key", password: "" }) });
    await tools.get("getDoc")?.call({ slug: "a b/c", "x-readme-version": "v3.0" });
    await tools.get("searchDocs")?.call({ search: "how & why" });
    expect(requests).toEqual([
      {
        method: "GET",
        url: "https://dash.readme.com/api/v1/docs/a%20b%2Fc",
        headers: [
          ["accept", "application/json, */*;q=0.1"],
          ["x-readme-version", "v3.0"],
          ["authorization", `Basic ${btoa("the key:")}`],
        ],
      },
      {
        method: "POST",
        url: "https://dash.readme.com/api/v1/docs/search?search=how%20%26%20why",
        headers: [
          ["accept", "*/*"],
          ["authorization", `Basic ${btoa("the key:")}`],
        ],
      },
    ]);
  });
});

describe("the document of Figma (3.1, YAML)", () => {
  it("becomes a tool an operation", async () => {
    const { tools, refused } = await derived(figma, { outputSchemas: true });
    expect([tools.size, refused]).toEqual([54, []]);
    expect(requiredHosts(figma)).toEqual(["api.figma.com"]);
  });

  it("has tools whose requests are what the document says", async () => {
    const { tools, requests } = await derived(figma, {
      auth: ({ name }) => (name === "PersonalAccessToken" ? "figd_secret" : undefined),
    });
    await tools.get("getImages")?.call({ file_key: "abc", ids: "1:2,1:3", scale: 2 });
    await tools.get("postComment")?.call({ file_key: "abc", message: "Nice." });
    expect(requests.map(({ method, url, body }) => [method, url, body && atob(body)])).toEqual([
      ["GET", "https://api.figma.com/v1/images/abc?ids=1%3A2%2C1%3A3&scale=2", undefined],
      ["POST", "https://api.figma.com/v1/files/abc/comments", '{"message":"Nice."}'],
    ]);
    for (const { headers } of requests) expect(headers).toContainEqual(["X-Figma-Token", "figd_secret"]);
    expect(JSON.stringify([...tools.values()].map(({ inputSchema }) => inputSchema))).not.toContain("X-Figma-Token");
  });
});
