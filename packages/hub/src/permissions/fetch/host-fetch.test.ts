import { describe, expect, it } from "vitest";
import { hostFetch, type HostFetchOptions } from "./host-fetch.ts";
import { serve } from "./test-support/test-server.ts";

const call = { signal: new AbortController().signal };
const get = (url: string) => ({ url, method: "GET", headers: [] as [string, string][] });
const text = (base64: string) => Buffer.from(base64, "base64").toString();

describe("hostFetch", () => {
  it("reaches a declared host", async () => {
    await using server = await serve((request, response) => {
      response.writeHead(201, "Made", { "x-seen": String(request.headers["x-mine"]) }).end("hello");
    });
    const fetch = hostFetch({ hosts: [server.host] });
    const response = await fetch({ ...get(server.url), headers: [["x-mine", "1"]] }, call);
    expect(response).toMatchObject({ url: `${server.url}/`, status: 201, statusText: "Made" });
    expect(text(response.body)).toBe("hello");
    expect(response.headers).toContainEqual(["x-seen", "1"]);
  });

  it("reaches localhost where it is declared", async () => {
    await using server = await serve((_request, response) => {
      response.end("here");
    });
    const response = await hostFetch({ hosts: [`localhost:${server.port}`] })(
      get(`http://localhost:${server.port}/`),
      call,
    );
    expect(text(response.body)).toBe("here");
  });

  it.each(["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"])("sends a body with %s", async (method) => {
    await using server = await serve((request, response) => {
      response.setHeader("x-method", request.method ?? "");
      request.pipe(response);
    });
    const body = Buffer.from("ping").toString("base64");
    const response = await hostFetch({ hosts: [server.host] })({ ...get(server.url), method, body }, call);
    expect(response.headers).toContainEqual(["x-method", method]);
    expect(response.body).toBe(body);
  });

  it("sends nothing of the host: no cookies, no credentials, and no headers of the connection that code sets", async () => {
    const seen: NodeJS.Dict<string | string[]>[] = [];
    await using server = await serve((request, response) => {
      seen.push(request.headers);
      response.writeHead(200, { "set-cookie": ["session=1; Path=/", "b=2"] }).end();
    });
    const fetch = hostFetch({ hosts: [server.host] });
    const headers: [string, string][] = [
      ["Host", "internal.example.org"],
      ["Content-Length", "100000"],
      ["Transfer-Encoding", "chunked"],
      ["Connection", "upgrade"],
      ["Upgrade", "websocket"],
      ["Proxy-Authorization", "x"],
      ["Authorization", "Bearer own"],
    ];
    const first = await fetch({ ...get(server.url), headers }, call);
    await fetch({ ...get(server.url), headers: [["cookie", "own=1"]] }, call);
    await fetch(get(server.url), call);
    expect(first.headers.filter(([name]) => name === "set-cookie")).toEqual([
      ["set-cookie", "session=1; Path=/"],
      ["set-cookie", "b=2"],
    ]);
    expect(seen[0]).toMatchObject({ host: server.host, authorization: "Bearer own", connection: "keep-alive" });
    const names = ["content-length", "transfer-encoding", "upgrade", "proxy-authorization"];
    expect(names.filter((name) => name in (seen[0] ?? {}))).toEqual([]);
    expect(seen.map(({ cookie }) => cookie)).toEqual([undefined, "own=1", undefined]);
  });

  it("goes through no proxy of the environment", async () => {
    const asked: unknown[] = [];
    await using proxy = await serve((request, response) => {
      asked.push(request.url);
      response.end("by the proxy");
    });
    await using server = await serve((_request, response) => {
      response.end("directly");
    });
    const names = ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "NODE_USE_ENV_PROXY"];
    const before = names.map((name) => [name, process.env[name]] as const);
    for (const name of names) process.env[name] = name === "NODE_USE_ENV_PROXY" ? "1" : proxy.url;
    try {
      expect(text((await hostFetch({ hosts: [server.host] })(get(server.url), call)).body)).toBe("directly");
      expect(asked).toEqual([]);
    } finally {
      for (const [name, value] of before) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    }
  });

  it("refuses a host that is not declared, and tells whoever listens", async () => {
    const denied: string[] = [];
    const fetch = hostFetch({ hosts: ["api.example.com"], onDenied: ({ message }) => denied.push(message) });
    await expect(fetch(get("https://evil.example.org/x?key=secret"), call)).rejects.toMatchObject({
      code: "PERMISSION_DENIED",
    });
    expect(denied).toEqual(["No permission to reach https://evil.example.org: permitted are api.example.com"]);
  });

  it("refuses a method that is not permitted, also after a redirect", async () => {
    await using server = await serve((_request, response) => {
      response.writeHead(303, { location: "/" }).end();
    });
    const fetch = hostFetch({ hosts: [server.host], methods: ["POST"] });
    await expect(fetch(get(server.url), call)).rejects.toThrow("No permission for the method GET");
    await expect(fetch({ ...get(server.url), method: "POST" }, call)).rejects.toThrow(
      "No permission for the method GET",
    );
  });

  it.each([
    ["another port of the same host", (other: string) => other],
    ["a private address", () => "http://169.254.169.254/latest/meta-data"],
    ["an address without a name", () => "http://[::ffff:169.254.169.254]/"],
    ["a file", () => "file:///etc/passwd"],
    ["data", () => "data:text/plain,x"],
  ])("judges each hop of a redirect: it refuses %s", async (_what, target) => {
    let reached = false;
    await using other = await serve((_request, response) => {
      reached = true;
      response.end("secret");
    });
    await using server = await serve((request, response) => {
      response.writeHead(302, { location: request.url === "/" ? "/next" : target(other.url) }).end();
    });
    const denied: unknown[] = [];
    const fetch = hostFetch({ hosts: [server.host], onDenied: (error) => denied.push(error.code) });
    await expect(fetch(get(`${server.url}/`), call)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
    expect([reached, denied]).toEqual([false, ["PERMISSION_DENIED"]]);
  });

  it("follows a redirect as browsers do, and says where the answer came from", async () => {
    const seen: unknown[] = [];
    await using server = await serve((request, response) => {
      seen.push([request.method, request.url, request.headers["content-length"], request.headers["content-type"]]);
      if (request.url === "/") response.writeHead(303, { location: "done#there" }).end("x".repeat(100_000));
      else response.end();
    });
    const body = Buffer.from("abc").toString("base64");
    const headers: [string, string][] = [["content-type", "text/plain"]];
    const fetch = hostFetch({ hosts: [server.host] });
    const { url } = await fetch({ url: `${server.url}/`, method: "POST", headers, body }, call);
    expect(seen).toEqual([
      ["POST", "/", "3", "text/plain"],
      ["GET", "/done", undefined, undefined],
    ]);
    expect(url).toBe(`${server.url}/done#there`);
  });

  it("gives the redirect itself, or fails, where the request wants that", async () => {
    const seen: unknown[] = [];
    await using server = await serve((request, response) => {
      seen.push(request.url);
      response.writeHead(302, { location: "/done" }).end("moved");
    });
    const fetch = hostFetch({ hosts: [server.host] });
    const answer = await fetch({ ...get(`${server.url}/`), redirect: "manual" }, call);
    expect(answer).toMatchObject({ status: 302, url: `${server.url}/`, body: Buffer.from("moved").toString("base64") });
    expect(answer.headers).toContainEqual(["location", "/done"]);
    await expect(fetch({ ...get(`${server.url}/`), redirect: "error" }, call)).rejects.toMatchObject({
      code: "FETCH_REDIRECT",
    });
    expect(seen).toEqual(["/", "/"]);
  });

  it("sends the body again where a redirect keeps the method", async () => {
    await using server = await serve((request, response) => {
      if (request.url === "/") response.writeHead(307, { location: "/again" }).end();
      else request.pipe(response);
    });
    const body = Buffer.from("abc").toString("base64");
    const response = await hostFetch({ hosts: [server.host] })(
      { ...get(`${server.url}/`), method: "POST", body },
      call,
    );
    expect(response.body).toBe(body);
  });

  it("takes no key along to another origin", async () => {
    const seen: Record<string, unknown>[] = [];
    await using other = await serve((request, response) => {
      seen.push(request.headers);
      response.end();
    });
    await using server = await serve((request, response) => {
      seen.push(request.headers);
      response.writeHead(302, { location: request.url === "/" ? "/same" : other.url }).end();
    });
    const keys = { authorization: "Bearer 1", cookie: "own=1", "x-api-key": "2", "x-pass": "4" };
    const headers: [string, string][] = [...Object.entries(keys), ["accept", "text/html"]];
    await hostFetch({ hosts: [server.host, other.host] })({ ...get(`${server.url}/`), headers }, call);
    expect(seen).toHaveLength(3);
    expect(seen[1]).toMatchObject({ ...keys, accept: "text/html" });
    expect(seen[2]).toMatchObject({ accept: "text/html" });
    expect(Object.keys(keys).filter((name) => name in (seen[2] ?? {}))).toEqual([]);
  });

  it("follows 20 redirects and not one more", async () => {
    let requests = 0;
    await using server = await serve((request, response) => {
      requests += 1;
      const left = Number(request.url?.slice(1));
      if (left > 0) response.writeHead(302, { location: `/${left - 1}` }).end();
      else response.end("there");
    });
    const fetch = hostFetch({ hosts: [server.host] });
    expect(text((await fetch(get(`${server.url}/20`), call)).body)).toBe("there");
    requests = 0;
    await expect(fetch(get(`${server.url}/1000`), call)).rejects.toMatchObject({
      code: "FETCH_REDIRECT",
      message: `${server.host} redirects more than 20 times`,
    });
    expect(requests).toBe(21);
  });

  it("says that nobody listens, without the path, which may hold a key", async () => {
    const server = await serve(() => {});
    await server[Symbol.asyncDispose]();
    await expect(hostFetch({ hosts: [server.host] })(get(`${server.url}/?key=secret`), call)).rejects.toMatchObject({
      code: "FETCH_FAILED",
      message: `No answer of ${server.host}: connect ECONNREFUSED ${server.host}`,
      data: { host: server.host },
    });
  });

  it.each<[what: string, options: Partial<HostFetchOptions>, code: string]>([
    ["a host that is misspelt", { hosts: ["https://a.example.org"] }, "PERMISSION_INVALID"],
    ["hosts that are no list", JSON.parse('{ "hosts": "a.example.org" }') as object, "PERMISSION_INVALID"],
    ["a private address that is none", { privateAddresses: ["intranet"] }, "PERMISSION_INVALID"],
    ["no time", { timeoutMs: 0 }, "FETCH_BAD_OPTIONS"],
    ["endless time", { timeoutMs: Infinity }, "FETCH_BAD_OPTIONS"],
    ["no request at a time", { maxConcurrent: 0 }, "FETCH_BAD_OPTIONS"],
    ["a size that is no number", { maxResponseBytes: Number.NaN }, "FETCH_BAD_OPTIONS"],
  ])("is not made with %s", (_what, options, code) => {
    expect(() => hostFetch({ hosts: [], ...options })).toThrow(expect.objectContaining({ code }));
  });
});
