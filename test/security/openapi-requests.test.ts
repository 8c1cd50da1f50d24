import { toolsFromOpenApi } from "@smoltools/adapters/openapi";
import { describe, expect, it } from "vitest";
import { type ApiServer, apiServer } from "../adapters/openapi-server.ts";

const key = "sk-secret-0123456789";

/** Tools of a service that knows who calls, and repeats all that it is told. */
async function tools(server: ApiServer, more: object = {}) {
  const document = {
    openapi: "3.1.0",
    info: { title: "Service" },
    servers: [{ url: `${server.url}/v1` }],
    security: [{ key: [] }],
    paths: {
      "/users/{id}/notes": {
        post: {
          operationId: "addNote",
          parameters: [
            { name: "id", in: "path", required: true, schema: { type: "string" } },
            { name: "X-Note", in: "header", schema: { type: "string" } },
            { name: "X-API-Key", in: "header", schema: { type: "string" } },
          ],
          requestBody: { content: { "application/octet-stream": {} } },
        },
      },
    },
    components: { securitySchemes: { key: { type: "apiKey", in: "header", name: "X-API-Key" } } },
    ...more,
  };
  return toolsFromOpenApi(document, { fetch: server.fetch, auth: () => key });
}

const repeating = (): Promise<ApiServer> =>
  apiServer(({ headers }) => ({ status: 500, type: "application/json", body: JSON.stringify(headers) }));

describe("arguments that a model makes up", () => {
  it.each([
    ["a path above", { id: ".." }],
    ["the path itself", { id: "." }],
    ["no path", { id: "" }],
    ["another header", { id: "a", "X-Note": "x\r\nX-Admin: 1" }],
    ["a file of this machine", { id: "a", body: { kind: "file", mediaType: "text/plain", url: "file:///etc/passwd" } }],
    ["a key of its own", { id: "a", "X-API-Key": "mine" }],
  ])("do not get it %s", async (_name, input) => {
    await using server = await repeating();
    const [tool] = await tools(server);
    await expect(tool?.call(input)).rejects.toThrow(/./);
    expect(server.arrived).toEqual([]);
  });

  it.each(["../../admin", "a/b", "a?x=1#y", "%2e%2e", "..%2f..", "a\\..\\b", "@evil.example", "//evil.example"])(
    "stay one part of the path: %s",
    async (id) => {
      await using server = await repeating();
      const [tool] = await tools(server);
      await tool?.call({ id }).catch(() => undefined);
      expect(server.arrived.map(({ url }) => new URL(url, "http://x").pathname.split("/").length)).toEqual([5]);
      expect(server.arrived[0]?.url).toMatch(/^\/v1\/users\/[^/]+\/notes$/);
    },
  );
});

describe("a document", () => {
  it("has nothing fetched for it", async () => {
    await using server = await repeating();
    const paths = { "/a": { get: { parameters: [{ $ref: `${server.url}/parameter.json` }] } } };
    await expect(tools(server, { paths })).rejects.toMatchObject({ code: "SOURCE_TOOL_INVALID" });
    expect(server.arrived).toEqual([]);
  });

  it("reaches no host that the caller did not permit", async () => {
    await using server = await repeating();
    await using other = await repeating();
    const [tool] = await tools(server, { servers: [{ url: other.url }] });
    await expect(tool?.call({ id: "a" })).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
    expect([server.arrived, other.arrived]).toEqual([[], []]);
  });
});

it("a credential is in no schema and in no error, though the server repeats it", async () => {
  await using server = await repeating();
  const [tool] = await tools(server);
  const error: unknown = await tool?.call({ id: "a" }).catch((thrown: unknown) => thrown);
  expect(server.arrived[0]?.headers["x-api-key"]).toBe(key);
  const cause = error instanceof Error ? error.cause : undefined;
  const told = [String(error), JSON.stringify(error), String(cause), JSON.stringify(tool)].join();
  expect(told).toContain("HTTP 500");
  expect(told).not.toContain(key);
  expect(JSON.stringify(tool?.inputSchema)).not.toContain("X-API-Key");
});
