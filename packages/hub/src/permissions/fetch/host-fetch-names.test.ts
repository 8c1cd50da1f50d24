import { describe, expect, it } from "vitest";
import { hostFetch } from "./host-fetch.ts";
import { testDns } from "./test-support/dns-server.ts";
import { serve } from "./test-support/test-server.ts";

const call = { signal: new AbortController().signal };
const get = (url: string) => ({ url, method: "GET", headers: [] as [string, string][] });

describe("hostFetch, where names lead", () => {
  it("connects to the address that was judged, and asks once for the connection", async () => {
    await using dns = await testDns(() => ["127.0.0.1"]);
    const hosts: unknown[] = [];
    await using server = await serve((request, response) => {
      hosts.push(request.headers.host);
      response.end();
    });
    const name = `tool.example.org:${server.port}`;
    const fetch = hostFetch({ hosts: [name], privateAddresses: ["127.0.0.1"], resolve: dns.resolve });
    await fetch(get(`http://${name}/`), call);
    expect(dns.questions).toEqual(["tool.example.org"]);
    expect(hosts).toEqual([name]);
  });

  it("refuses a name that leads elsewhere a moment later", async () => {
    await using dns = await testDns((_name, before) => (before === 0 ? ["127.0.0.1"] : ["127.0.0.2"]));
    let requests = 0;
    await using server = await serve((_request, response) => {
      requests += 1;
      response.writeHead(200, { connection: "close" }).end();
    });
    const name = `rebinding.example.org:${server.port}`;
    const fetch = hostFetch({ hosts: [name], privateAddresses: ["127.0.0.1"], resolve: dns.resolve });
    await fetch(get(`http://${name}/`), call);
    await expect(fetch(get(`http://${name}/`), call)).rejects.toMatchObject({
      code: "PERMISSION_DENIED",
      message: "No permission to reach rebinding.example.org: it leads to a private address",
    });
    expect([requests, dns.questions.length]).toEqual([1, 2]);
  });

  it("judges the addresses anew on a redirect to the same name", async () => {
    await using dns = await testDns((_name, before) => (before === 0 ? ["127.0.0.1"] : ["10.0.0.1"]));
    await using server = await serve((_request, response) => {
      response.writeHead(302, { location: "/next", connection: "close" }).end();
    });
    const name = `rebinding.example.org:${server.port}`;
    const fetch = hostFetch({ hosts: [name], privateAddresses: ["127.0.0.1"], resolve: dns.resolve });
    await expect(fetch(get(`http://${name}/`), call)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  });

  it("goes on to the address that was judged, as long as the connection lasts, whatever the name servers say", async () => {
    await using dns = await testDns((_name, before) => (before === 0 ? ["127.0.0.1"] : ["10.0.0.1"]));
    const sockets = new Set<unknown>();
    await using server = await serve((request, response) => {
      sockets.add(request.socket);
      response.end();
    });
    const name = `tool.example.org:${server.port}`;
    const fetch = hostFetch({ hosts: [name], privateAddresses: ["127.0.0.1"], resolve: dns.resolve });
    await fetch(get(`http://${name}/`), call);
    // The connection is free for the next request in the next turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    await fetch(get(`http://${name}/`), call);
    expect([sockets.size, dns.questions.length]).toEqual([1, 1]);
  });

  it.each([
    ["a private address", ["127.0.0.1"]],
    ["the address of a cloud's metadata", ["169.254.169.254"]],
    ["a public address and a private one", ["1.1.1.1", "10.0.0.1"]],
  ])("refuses a name that leads to %s, and tells whoever listens", async (_what, addresses) => {
    await using dns = await testDns(() => addresses);
    const denied: unknown[] = [];
    const fetch = hostFetch({ hosts: ["*"], resolve: dns.resolve, onDenied: (error) => denied.push(error.code) });
    await expect(fetch(get("https://inside.example.org/"), call)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
    expect(denied).toEqual(["PERMISSION_DENIED"]);
  });

  it("refuses a name in the system's own list that leads to a private address", async () => {
    // "localhost" is in every list of hosts; as a name below it, it goes the way of other names.
    const fetch = hostFetch({ hosts: ["*:80"], resolve: async () => ["127.0.0.1"] });
    await expect(fetch(get("http://app.localhost/"), call)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  });

  it("never asks for a name that is not declared: a question alone would carry data away", async () => {
    await using dns = await testDns(() => ["1.1.1.1"]);
    const fetch = hostFetch({ hosts: ["api.example.org"], resolve: dns.resolve });
    await expect(fetch(get("https://secret-data.evil.example.org/"), call)).rejects.toThrow("No permission");
    expect(dns.questions).toEqual([]);
  });

  it("reaches the same host with a dot at the end of its name", async () => {
    await using dns = await testDns(() => ["127.0.0.1"]);
    await using server = await serve((_request, response) => {
      response.end();
    });
    const hosts = [`tool.example.org:${server.port}`];
    const fetch = hostFetch({ hosts, privateAddresses: ["127.0.0.0/8"], resolve: dns.resolve });
    const response = await fetch(get(`http://tool.example.org.:${server.port}/`), call);
    expect(response.status).toBe(200);
  });

  it.each<[what: string, resolve: () => Promise<string[]>, message: string]>([
    ["has no address", async () => [], "nowhere.example.org has no address"],
    ["is not known", () => Promise.reject(new Error("queryA ENOTFOUND")), "No answer of nowhere.example.org: queryA"],
  ])("says that a name %s", async (_what, resolve, message) => {
    const fetch = hostFetch({ hosts: ["*"], resolve });
    await expect(fetch(get("https://nowhere.example.org/"), call)).rejects.toMatchObject({
      code: "FETCH_FAILED",
      message: expect.stringContaining(message),
    });
  });

  it("gives up on a name server that does not answer", async () => {
    const fetch = hostFetch({ hosts: ["*"], timeoutMs: 50, resolve: () => new Promise(() => {}) });
    await expect(fetch(get("https://slow.example.org/"), call)).rejects.toMatchObject({ code: "FETCH_TIMEOUT" });
  });

  it("leaves no more lookups behind than there may be requests", async () => {
    let asked = 0;
    const resolve = () => new Promise<string[]>(() => (asked += 1));
    const fetch = hostFetch({ hosts: ["*"], maxConcurrent: 2, timeoutMs: 20, resolve });
    const codes: unknown[] = [];
    for (let index = 0; index < 5; index++) {
      await fetch(get(`https://slow${index}.example.org/`), call).catch((error: { code: string }) =>
        codes.push(error.code),
      );
    }
    expect(asked).toBe(2);
    expect(codes).toEqual(["FETCH_TIMEOUT", "FETCH_TIMEOUT", "FETCH_FAILED", "FETCH_FAILED", "FETCH_FAILED"]);
  });
});
