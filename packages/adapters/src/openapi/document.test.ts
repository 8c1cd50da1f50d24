import { describe, expect, it } from "vitest";
import { requiredHosts, toolsFromOpenApi } from "./index.ts";

const fetch = () => Promise.reject(new Error("no request is made here"));

/** A document with these operations of `POST /act`, or whatever else is given. */
function documentOf(operation: object, more: object = {}) {
  return {
    openapi: "3.1.0",
    info: { title: "Pets", version: "1.0" },
    servers: [{ url: "https://api.example.org/v1/" }],
    paths: { "/act": { post: operation } },
    ...more,
  };
}

describe("a document that cannot be used", () => {
  const laughs = () => {
    let billion: unknown = "ha";
    for (let level = 0; level < 40; level++) billion = [billion, billion];
    return billion;
  };
  const circle = () => {
    const self: Record<string, unknown> = {};
    self["self"] = self;
    return self;
  };

  it.each<[string, unknown, string, string]>([
    ["is YAML", "openapi: 3.1.0\npaths: {}", "SOURCE_ANSWER_INVALID", "parse a YAML document first"],
    ["is HTML", "<html>", "SOURCE_ANSWER_INVALID", "it is not JSON"],
    ["is of Swagger 2", { swagger: "2.0", paths: {} }, "SOURCE_ANSWER_INVALID", "convert it to OpenAPI 3"],
    ["is of a version to come", { openapi: "4.0.0", paths: {} }, "SOURCE_ANSWER_INVALID", "only 3.0, 3.1 and 3.2"],
    ["says nothing of its version", { paths: {} }, "SOURCE_ANSWER_INVALID", "openapi"],
    ["has no paths", { openapi: "3.1.0" }, "SOURCE_ANSWER_INVALID", "no paths"],
    ["is a list", [], "SOURCE_ANSWER_INVALID", "not an object"],
    ["is nothing", null, "SOURCE_ANSWER_INVALID", "not an object"],
    ["grows without end", documentOf({ description: laughs() }), "SOURCE_TOO_LARGE", "maxDocumentBytes"],
    ["contains itself", documentOf({ "x-self": circle() }), "SOURCE_TOO_LARGE", "contains itself"],
    ["is large", " ".repeat(17 * 1024 * 1024), "SOURCE_TOO_LARGE", "larger than"],
  ])("%s", async (_name, document, code, why) => {
    await expect(toolsFromOpenApi(document, { fetch })).rejects.toMatchObject({
      code,
      message: expect.stringContaining(why),
    });
  });

  it("has too many operations", async () => {
    const paths = Object.fromEntries(Array.from({ length: 501 }, (_, n) => [`/p${n}`, { get: {} }]));
    const call = toolsFromOpenApi({ ...documentOf({}), paths }, { fetch });
    await expect(call).rejects.toMatchObject({ code: "SOURCE_TOO_LARGE", message: expect.stringContaining("501") });
    const some = await toolsFromOpenApi({ ...documentOf({}), paths }, { fetch, operations: ["GET /p3"] });
    expect(some.map(({ name }) => name)).toEqual(["get_p3"]);
  });
});

describe("the choice of operations", () => {
  const document = {
    ...documentOf({}),
    paths: {
      "/a": { get: { operationId: "readA", tags: ["read"] }, delete: { operationId: "deleteA" } },
      "/b": { get: { deprecated: true } },
    },
  };

  it.each<[Parameters<typeof toolsFromOpenApi>[1]["operations"], string[]]>([
    [undefined, ["readA", "deleteA", "get_b"]],
    [
      ["deleteA", "GET /b"],
      ["deleteA", "get_b"],
    ],
    [({ method, deprecated }) => method === "GET" && !deprecated, ["readA"]],
    [({ tags }) => tags.includes("read"), ["readA"]],
  ])("%o takes %j", async (operations, names) => {
    const tools = await toolsFromOpenApi(document, { fetch, operations });
    expect(tools.map(({ name }) => name)).toEqual(names);
  });

  it("of one that does not exist is refused", async () => {
    await expect(toolsFromOpenApi(document, { fetch, operations: ["readC"] })).rejects.toMatchObject({
      code: "ADAPTER_OPTIONS_INVALID",
      message: expect.stringContaining('"readC"'),
    });
  });
});

describe("the hosts that a document needs", () => {
  it.each<[object, string | undefined, string[]]>([
    [{}, undefined, ["api.example.org"]],
    [{ servers: [{ url: "http://api.example.org" }] }, undefined, ["api.example.org:80"]],
    [{ servers: [{ url: "https://api.example.org:8443/v1" }] }, undefined, ["api.example.org:8443"]],
    [
      { servers: [{ url: "https://{region}.example.org", variables: { region: { default: "eu" } } }] },
      undefined,
      ["eu.example.org"],
    ],
    [{ servers: [{ url: "https://{region}.example.org" }] }, undefined, []],
    [{ servers: [] }, "http://127.0.0.1:8080", ["127.0.0.1:8080"]],
    [
      { paths: { "/a": { servers: [{ url: "https://a.example.org" }], get: {} }, "/b": { get: {} } } },
      undefined,
      ["a.example.org", "api.example.org"],
    ],
  ])("%j with the server %s are %j", (more, server, hosts) => {
    expect(requiredHosts(documentOf({}, more), { server })).toEqual(hosts);
  });
});
