import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { hostFetch } from "./host-fetch.ts";

const call = { signal: new AbortController().signal };
const get = (url: string) => ({ url, method: "GET", headers: [] as [string, string][] });

async function serve(listener: RequestListener): Promise<{ url: string; host: string } & AsyncDisposable> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    url: `http://${host}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe("hostFetch", () => {
  it("reaches a declared host", async () => {
    await using server = await serve((request, response) => {
      response.writeHead(201, { "x-seen": String(request.headers["x-mine"]) }).end("hello");
    });
    const fetch = hostFetch([server.host]);
    const response = await fetch({ ...get(server.url), headers: [["x-mine", "1"]] }, call);
    expect(response.status).toBe(201);
    expect(Buffer.from(response.body, "base64").toString()).toBe("hello");
    expect(response.headers).toContainEqual(["x-seen", "1"]);
  });

  it("sends a body", async () => {
    await using server = await serve((request, response) => {
      request.pipe(response);
    });
    const body = Buffer.from("ping").toString("base64");
    const response = await hostFetch([server.host])({ ...get(server.url), method: "POST", body }, call);
    expect(response.body).toBe(body);
  });

  it("refuses a host that is not declared, and tells whoever listens", async () => {
    const denied: string[] = [];
    const fetch = hostFetch(["api.example.com"], { onDenied: ({ message }) => denied.push(message) });
    await expect(fetch(get("https://evil.example.org/x"), call)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
    expect(denied).toEqual([
      "The tool has no permission to reach https://evil.example.org: it declares api.example.com",
    ]);
  });

  it("judges each hop of a redirect", async () => {
    await using other = await serve((_request, response) => {
      response.end("secret");
    });
    await using server = await serve((_request, response) => {
      response.writeHead(302, { location: other.url }).end();
    });
    await expect(hostFetch([server.host])(get(server.url), call)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  });

  it("follows a redirect as browsers do: a POST that is answered with 303 becomes a GET", async () => {
    const seen: string[] = [];
    await using server = await serve((request, response) => {
      seen.push(`${request.method} ${request.url}`);
      if (request.url === "/") response.writeHead(303, { location: "/done" }).end();
      else response.end();
    });
    await hostFetch([server.host])({ ...get(`${server.url}/`), method: "POST", body: "" }, call);
    expect(seen).toEqual(["POST /", "GET /done"]);
  });

  it.each(["http://127.0.0.1/", "http://[::1]/", "https://169.254.169.254/latest", "http://localhost/"])(
    "refuses %s also where every host is allowed",
    async (url) => {
      await expect(hostFetch(["*", "*:80"])(get(url), call)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
    },
  );

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
    const keys = { authorization: "Bearer 1", "x-api-key": "2", "x-subscription-token": "3", "x-pass": "4" };
    const headers: [string, string][] = [...Object.entries(keys), ["accept", "text/html"]];
    await hostFetch([server.host, other.host])({ ...get(`${server.url}/`), headers }, call);
    expect(seen).toHaveLength(3);
    expect(seen[1]).toMatchObject({ ...keys, accept: "text/html" });
    expect(seen[2]).toMatchObject({ accept: "text/html" });
    expect(Object.keys(keys).filter((name) => name in (seen[2] ?? {}))).toEqual([]);
  });

  it("cuts off an answer that is too large", async () => {
    await using server = await serve((_request, response) => {
      response.end("x".repeat(1000));
    });
    const fetch = hostFetch([server.host], { maxResponseBytes: 100 });
    await expect(fetch(get(server.url), call)).rejects.toThrow("larger than 100 bytes");
  });

  it("refuses an address that holds a password, and what is no address", async () => {
    await expect(hostFetch(["a.example.com"])(get("https://u:p@a.example.com/"), call)).rejects.toThrow(
      "user and password",
    );
    await expect(hostFetch([])(get("nonsense"), call)).rejects.toThrow("Invalid URL");
  });

  it("ends with the call", async () => {
    await using server = await serve(() => {});
    const abort = new AbortController();
    const pending = hostFetch([server.host])(get(server.url), { signal: abort.signal });
    abort.abort(new Error("over"));
    await expect(pending).rejects.toThrow("over");
  });
});
