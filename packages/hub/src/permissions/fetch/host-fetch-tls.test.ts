import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hostFetch } from "./host-fetch.ts";
import { testCertificate } from "./test-support/certificate.ts";
import { serve, serveSecurely } from "./test-support/test-server.ts";

const call = { signal: new AbortController().signal };
const get = (url: string) => ({ url, method: "GET", headers: [] as [string, string][] });
const certificate = testCertificate("tool.example.org");
const loopback = { privateAddresses: ["127.0.0.1"], resolve: async () => ["127.0.0.1"] };

const trusted = getCACertificates("default");
beforeAll(() => setDefaultCACertificates([...trusted, certificate.cert]));
afterAll(() => setDefaultCACertificates(trusted));

describe("hostFetch, over TLS", () => {
  it("asks for the certificate of the name, wherever the connection goes", async () => {
    await using server = await serveSecurely(certificate, (request, response) => {
      response.end(request.headers.host);
    });
    const name = `tool.example.org:${server.port}`;
    const { body } = await hostFetch({ hosts: [name], ...loopback })(get(`https://${name}/`), call);
    expect(Buffer.from(body, "base64").toString()).toBe(name);
  });

  it.each([
    ["of another name", "other.example.org", certificate],
    ["that nobody vouches for", "tool.example.org", testCertificate("tool.example.org")],
  ])("believes no certificate %s", async (_what, hostname, presented) => {
    let requests = 0;
    await using server = await serveSecurely(presented, () => (requests += 1));
    const name = `${hostname}:${server.port}`;
    const fetch = hostFetch({ hosts: [name], ...loopback });
    await expect(fetch(get(`https://${name}/`), call)).rejects.toMatchObject({ code: "FETCH_FAILED" });
    expect(requests).toBe(0);
  });

  it("does not go on without encryption, even where that is declared", async () => {
    let reached = false;
    await using plain = await serve((_request, response) => {
      reached = true;
      response.end();
    });
    await using server = await serveSecurely(certificate, (_request, response) => {
      response.writeHead(307, { location: `http://tool.example.org:${plain.port}/` }).end();
    });
    const hosts = [`tool.example.org:${server.port}`, `tool.example.org:${plain.port}`];
    const body = Buffer.from("secret").toString("base64");
    const request = { ...get(`https://${hosts[0]}/`), method: "POST", body };
    await expect(hostFetch({ hosts, ...loopback })(request, call)).rejects.toMatchObject({
      code: "FETCH_REDIRECT",
      message: `${hosts[0]} redirects from https: to http://${hosts[1]}, unencrypted: it is not followed`,
    });
    expect(reached).toBe(false);
  });
});
