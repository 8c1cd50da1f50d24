import { type FromOpenApiOptions, requiredHosts, toolsFromOpenApi } from "@smoltools/adapters/openapi";
import { isMediaRef, MediaRef, type Tool } from "@smoltools/core";
import { ScriptedModel } from "@smoltools/core/testing";
import { hostFetch } from "@smoltools/hub/fetch";
import { CodeAgent } from "smoltools";
import { describe, expect, it } from "vitest";
import { type Answer, type ApiServer, apiServer, type Arrived, type ServerAnswer } from "./openapi-server.ts";

const png = new Uint8Array([137, 80, 78, 71]);

interface Setting extends AsyncDisposable {
  readonly tool: Tool;
  readonly server: ApiServer;
  /** The last request that arrived. */
  last(): Arrived;
}

/** A tool of one operation, `POST /act` unless the path item says otherwise, and the server that answers it. */
async function setting(
  operation: object,
  answer: ServerAnswer | Answer = { type: "application/json", body: "{}" },
  options: Partial<FromOpenApiOptions> = {},
  document: { path?: string; components?: object } = {},
): Promise<Setting> {
  const { path = "/act", components = {} } = document;
  const server = await apiServer(typeof answer === "function" ? answer : () => answer);
  const made = {
    openapi: "3.1.0",
    info: { title: "Service", version: "1" },
    servers: [{ url: server.url }],
    paths: { [path]: { post: operation } },
    components,
  };
  const [tool] = await toolsFromOpenApi(made, { fetch: server.fetch, ...options });
  if (tool === undefined) throw new Error("there is no tool");
  const last = (): Arrived => {
    const arrived = server.arrived.at(-1);
    if (arrived === undefined) throw new Error("no request arrived");
    return arrived;
  };
  return { tool, server, last, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

describe("a request", () => {
  it("carries each parameter in its place", async () => {
    const parameters = [
      { name: "id", in: "path", required: true, schema: { type: "string" } },
      { name: "tags", in: "query", explode: false, schema: { type: "array", items: { type: "string" } } },
      { name: "filter", in: "query", style: "deepObject", schema: { type: "object" } },
      { name: "X-Trace", in: "header", schema: { type: "array", items: { type: "integer" } } },
      { name: "session", in: "cookie", schema: { type: "string" } },
      { name: "where", in: "query", content: { "application/json": { schema: { type: "object" } } } },
    ];
    await using used = await setting({ parameters }, undefined, {}, { path: "/things/{id}/parts" });
    await used.tool.call({
      id: "a/b ?#",
      tags: ["x", "y,z"],
      filter: { age: 3 },
      "X-Trace": [1, 2],
      session: "s; admin=1",
      where: { a: ["b"] },
    });
    const { url, headers } = used.last();
    expect(url).toBe("/things/a%2Fb%20%3F%23/parts?tags=x,y%2Cz&filter%5Bage%5D=3&where=%7B%22a%22%3A%5B%22b%22%5D%7D");
    expect([headers["x-trace"], headers.cookie]).toEqual(["1,2", "session=s%3B%20admin%3D1"]);
  });

  it.each([".", "..", ""])("is not made with %j as a part of its path", async (id) => {
    const parameters = [{ name: "id", in: "path", required: true, schema: { type: "string" } }];
    await using used = await setting({ parameters }, undefined, {}, { path: "/things/{id}/parts" });
    await expect(used.tool.call({ id })).rejects.toThrow(/the path/);
    expect(used.server.arrived).toEqual([]);
  });

  it("is not made with a header that would begin another one", async () => {
    const parameters = [{ name: "X-Note", in: "header", schema: { type: "string" } }];
    await using used = await setting({ parameters });
    await expect(used.tool.call({ "X-Note": "a\r\nX-Admin: 1" })).rejects.toThrow("a character that a header may not");
    expect(used.server.arrived).toEqual([]);
  });

  it("goes to no host that is not declared", async () => {
    await using used = await setting({}, undefined, { server: "http://127.0.0.1:9" });
    await expect(used.tool.call({})).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  });

  it("is let through by the hosts that the document requires", async () => {
    await using server = await apiServer(() => ({ type: "text/plain", body: "hello" }));
    const document = { openapi: "3.1.0", servers: [{ url: `${server.url}/v1/` }], paths: { "/hi": { get: {} } } };
    const fetch = hostFetch({ hosts: requiredHosts(document) });
    const [tool] = await toolsFromOpenApi(document, { fetch });
    expect(await tool?.call({})).toBe("hello");
    expect(server.arrived.map(({ url }) => url)).toEqual(["/v1/hi"]);
  });
});

describe("the body of a request", () => {
  const schema = {
    type: "object",
    properties: {
      name: { type: "string" },
      tags: { type: "array", items: { type: "string" } },
      at: { type: "object" },
      file: { type: "string", format: "binary" },
    },
  };
  const body = (mediaType: string, more: object = {}) => ({
    requestBody: { required: true, content: { [mediaType]: { schema, ...more } } },
  });

  it.each([["application/json"], ["application/merge-patch+json"]])("is JSON where it is %s", async (mediaType) => {
    await using used = await setting(body(mediaType));
    await used.tool.call({ name: "ä", at: { x: 1 } });
    const { headers, body: sent } = used.last();
    expect([headers["content-type"], sent.toString()]).toEqual([mediaType, '{"name":"ä","at":{"x":1}}']);
  });

  it("is a form where it is one", async () => {
    await using used = await setting(body("application/x-www-form-urlencoded"));
    await used.tool.call({ name: "a b&c", tags: ["x", "y"], at: { x: 1 } });
    const { headers, body: sent } = used.last();
    expect(headers["content-type"]).toBe("application/x-www-form-urlencoded");
    expect([...new URLSearchParams(sent.toString())]).toEqual([
      ["name", "a b&c"],
      ["tags", "x"],
      ["tags", "y"],
      ["at", '{"x":1}'],
    ]);
  });

  it("is written as its encoding says", async () => {
    const encoding = { tags: { style: "spaceDelimited" }, at: { style: "deepObject", explode: true } };
    await using used = await setting(body("application/x-www-form-urlencoded", { encoding }));
    await used.tool.call({ tags: ["x", "y"], at: { x: 1 } });
    expect(used.last().body.toString()).toBe("tags=x+y&at%5Bx%5D=1");
  });

  it("has files where it is a form of parts", async () => {
    await using used = await setting(body("multipart/form-data"));
    const file = MediaRef.fromBytes(png, { mediaType: "image/png", name: 'a".png' });
    await used.tool.call({ name: "a\r\n--b", tags: ["x", "y"], at: { x: 1 }, file: file as never });
    const { headers, body: sent } = used.last();
    const response = new Response(new Uint8Array(sent), { headers: { "content-type": headers["content-type"] ?? "" } });
    const form = await response.formData();
    const sentFile = form.get("file");
    expect([form.get("name"), form.getAll("tags"), form.get("at")]).toEqual(["a\r\n--b", ["x", "y"], '{"x":1}']);
    expect(sentFile instanceof File && [sentFile.name, sentFile.type, await sentFile.bytes()]).toEqual([
      'a".png',
      "image/png",
      png,
    ]);
  });

  it("is no file that the model made up", async () => {
    const requestBody = { required: true, content: { "image/png": {} } };
    await using used = await setting({ requestBody });
    await expect(used.tool.call({ body: { kind: "image", mediaType: "image/png" } })).rejects.toThrow("is not a file");
    await used.tool.call({ body: MediaRef.fromBytes(png, { mediaType: "image/png" }) as never });
    expect(
      used.server.arrived.map(({ headers, body: sent }) => [headers["content-type"], new Uint8Array(sent)]),
    ).toEqual([["image/png", png]]);
  });

  it("is a text where it is one", async () => {
    await using used = await setting({ requestBody: { required: true, content: { "text/plain": {} } } });
    await used.tool.call({ body: "hi" });
    expect(used.last().body.toString()).toBe("hi");
  });

  it("is left out where it may be", async () => {
    await using used = await setting({ requestBody: { content: { "application/json": { schema } } } });
    await used.tool.call({});
    expect([used.last().body.length, used.last().headers["content-type"]]).toEqual([0, undefined]);
  });
});

describe("an answer", () => {
  it.each<[ServerAnswer, unknown]>([
    [{ type: "application/json", body: '{"a":[1,null]}' }, { a: [1, null] }],
    [{ type: "application/hal+json; charset=utf-8", body: '"ä"' }, "ä"],
    [{ type: "text/html", body: "<p>hi" }, "<p>hi"],
    [{ type: "application/xml", body: "<a/>" }, "<a/>"],
    [{ body: "untyped" }, "untyped"],
    [{ status: 204 }, null],
    [{ type: "application/json", body: "" }, null],
  ])("%j is %j", async (answer, expected) => {
    await using used = await setting({}, answer);
    expect(await used.tool.call({})).toEqual(expected);
  });

  it.each([
    ["image/png", "image", "image/png"],
    ["audio/mpeg; rate=1", "audio", "audio/mpeg"],
    ["application/pdf", "file", "application/pdf"],
    ["nonsense", "file", "application/octet-stream"],
  ])("of %s is a file", async (type, kind, mediaType) => {
    await using used = await setting({}, { type, body: png });
    const result = await used.tool.call({});
    expect(isMediaRef(result) && [result.kind, result.mediaType, await result.bytes()]).toEqual([kind, mediaType, png]);
  });

  it.each<[ServerAnswer, string, string]>([
    [
      { status: 404, type: "application/json", body: '{"error":"no such pet"}' },
      "TOOL_FAILED",
      'HTTP 404 Not Found: {"error":"no such pet"}',
    ],
    [{ status: 500 }, "TOOL_FAILED", "HTTP 500 Internal Server Error"],
    [{ status: 502, type: "image/png", body: png }, "TOOL_FAILED", "HTTP 502 Bad Gateway"],
    [{ status: 401, type: "text/plain", body: "who?" }, "SOURCE_UNAUTHORISED", "post_act was refused: HTTP 401"],
    [{ status: 429, type: "text/plain", body: "slow" }, "SOURCE_QUOTA", "called too often"],
    [{ type: "application/json", body: "<html>" }, "SOURCE_ANSWER_INVALID", "that is not JSON"],
    [{ type: "text/plain", body: "x".repeat(2000) }, "SOURCE_TOO_LARGE", "maxResponseBytes"],
  ])("%j is the error %s", async (answer, code, message) => {
    await using used = await setting({}, answer, { maxResponseBytes: 1000 });
    await expect(used.tool.call({})).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  });

  it("that says when to come again is repeated with that", async () => {
    await using used = await setting({}, { status: 429, headers: { "retry-after": "7" } });
    await expect(used.tool.call({})).rejects.toMatchObject({ data: { retryAfterMs: 7000 } });
  });

  it("that fails at length is cut", async () => {
    await using used = await setting({}, { status: 500, type: "text/plain", body: "x".repeat(100_000) });
    const error = await used.tool.call({}).catch((thrown: Error) => thrown);
    expect(error instanceof Error && error.message.length).toBeLessThan(2100);
  });

  it("that breaks off is an error", async () => {
    await using used = await setting({}, { type: "application/json", body: '{"a":', breaksOff: true });
    await expect(used.tool.call({})).rejects.toMatchObject({ code: "FETCH_FAILED" });
  });

  it("that never comes is an error", async () => {
    await using server = await apiServer(() => new Promise(() => {}));
    const document = { openapi: "3.1.0", servers: [{ url: server.url }], paths: { "/act": { get: {} } } };
    const [tool] = await toolsFromOpenApi(document, { fetch: hostFetch({ hosts: [server.host], timeoutMs: 200 }) });
    await expect(tool?.call({})).rejects.toMatchObject({ code: "FETCH_TIMEOUT" });
  });

  it("that is not what the document says is not passed on", async () => {
    const responses = { 200: { content: { "application/json": { schema: { type: "object", required: ["id"] } } } } };
    await using used = await setting({ responses });
    await expect(used.tool.call({})).rejects.toMatchObject({ code: "TOOL_OUTPUT_INVALID" });
  });
});

describe("a sign-in", () => {
  const securitySchemes = {
    header: { type: "apiKey", in: "header", name: "X-Key" },
    query: { type: "apiKey", in: "query", name: "key" },
    cookie: { type: "apiKey", in: "cookie", name: "sid" },
    basic: { type: "http", scheme: "Basic" },
    bearer: { type: "http", scheme: "bearer" },
    oauth: { type: "oauth2", flows: {} },
  };
  const secret = "s3cret-k&y";

  async function signedIn(security: object[], auth: FromOpenApiOptions["auth"], answer?: ServerAnswer) {
    return setting({ security }, answer, { auth }, { components: { securitySchemes } });
  }

  it.each<[string, (arrived: Arrived) => unknown, string]>([
    ["header", ({ headers }) => headers["x-key"], secret],
    ["query", ({ url }) => url, "/act?key=s3cret-k%26y"],
    ["cookie", ({ headers }) => headers.cookie, "sid=s3cret-k%26y"],
    ["bearer", ({ headers }) => headers.authorization, `Bearer ${secret}`],
    ["oauth", ({ headers }) => headers.authorization, `Bearer ${secret}`],
    ["basic", ({ headers }) => headers.authorization, `Basic ${btoa("ann:pw")}`],
  ])("by %s is added to the request", async (scheme, read, expected) => {
    await using used = await signedIn([{ [scheme]: [] }], () => (scheme === "basic" ? "ann:pw" : secret));
    await used.tool.call({});
    expect(read(used.last())).toBe(expected);
  });

  it("is the first that the program can do whole", async () => {
    const asked: string[] = [];
    await using used = await signedIn([{ header: [], query: [] }, { bearer: ["read"] }], ({ name, scopes }) => {
      asked.push(`${name} ${scopes.join()}`);
      return name === "query" ? undefined : secret;
    });
    await used.tool.call({});
    expect(asked).toEqual(["header ", "query ", "bearer read"]);
    expect([used.last().headers["x-key"], used.last().headers.authorization]).toEqual([undefined, `Bearer ${secret}`]);
  });

  it("may be left out where the document says so", async () => {
    await using used = await signedIn([{ bearer: [] }, {}], undefined);
    await used.tool.call({});
    expect(used.last().headers.authorization).toBeUndefined();
  });

  it("that is wanted and missing is an error before any request", async () => {
    await using used = await signedIn([{ bearer: [] }], () => undefined);
    await expect(used.tool.call({})).rejects.toMatchObject({
      code: "SOURCE_UNAUTHORISED",
      message: "post_act wants a sign-in: give the option auth, which is asked for bearer",
    });
    expect(used.server.arrived).toEqual([]);
  });

  it.each(["header", "query", "bearer", "basic"])(
    "by %s is in no error, though the server repeats it",
    async (scheme) => {
      const sent = scheme === "basic" ? btoa("user:s3cret-key") : "s3cret-key";
      const body = `not with user:s3cret-key, user%3As3cret-key, s3cret-key or ${sent}`;
      await using used = await signedIn(
        [{ [scheme]: [] }],
        () => (scheme === "basic" ? { username: "user", password: "s3cret-key" } : "s3cret-key"),
        { status: 403, type: "text/plain", body },
      );
      const error = await used.tool.call({}).catch((thrown: unknown) => thrown);
      const told = String(error) + JSON.stringify(error) + String(error instanceof Error && error.cause);
      expect(told).toContain("HTTP 403");
      expect(told).not.toContain("s3cret");
      expect(told).not.toContain(sent);
    },
  );
});

describe("a CodeAgent", () => {
  it("calls operations", async () => {
    const parameters = [{ name: "city", in: "query", required: true, schema: { type: "string" } }];
    await using used = await setting({ operationId: "getWeather", parameters }, ({ url }) => ({
      type: "application/json",
      body: JSON.stringify({ degrees: url.length }),
    }));
    const model = new ScriptedModel(['<code>\nfinalAnswer((await getWeather("Bern")).degrees);\n</code>']);
    await using agent = new CodeAgent({ model, tools: [used.tool] });
    expect(await agent.run("How warm is it in Bern?")).toBe("/act?city=Bern".length);
  });
});
