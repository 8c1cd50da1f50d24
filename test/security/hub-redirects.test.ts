import { HubClient } from "@smoltools/hub";
import { describe, expect, it } from "vitest";
import { notThere, serveLocal } from "./lying-hub.ts";

const token = "hf_secret";
const repo = { repoType: "space", repo: "acme/act" } as const;

describe("a hub that redirects elsewhere", () => {
  it.each([301, 302, 303, 307, 308])("by %i, does not get the token sent along", async (status) => {
    await using elsewhere = await serveLocal((_request, response) => response.end("bytes"));
    await using hub = await serveLocal((_request, response) => {
      response.writeHead(status, { location: `${elsewhere.url}/file` }).end();
    });
    const client = new HubClient({ hubUrl: hub.url, token, retries: 0 });
    const { bytes } = await client.file(repo, "main", "x", 100);
    expect(Buffer.from(bytes).toString()).toBe("bytes");
    expect([hub.tokens, elsewhere.tokens]).toEqual([[`Bearer ${token}`], [undefined]]);
  });

  it("and back, has lost the token on the way", async () => {
    let home = "";
    await using elsewhere = await serveLocal((_request, response) => {
      response.writeHead(302, { location: `${home}/back` }).end();
    });
    await using hub = await serveLocal((request, response) => {
      if (request.url === "/back") response.end("bytes");
      else response.writeHead(302, { location: elsewhere.url }).end();
    });
    home = hub.url;
    await new HubClient({ hubUrl: hub.url, token, retries: 0 }).file(repo, "main", "x", 100);
    expect(hub.tokens).toEqual([`Bearer ${token}`, undefined]);
  });

  it.each([
    ["in a circle", "/again", "HUB_RESPONSE_INVALID"],
    ["to no address", "http://[", "HUB_RESPONSE_INVALID"],
    ["to something that is no web address", "file:///etc/passwd", "HUB_RESPONSE_INVALID"],
    ["to data that it brings itself", "data:text/plain,evil", "HUB_RESPONSE_INVALID"],
  ])("%s, is not followed", async (_title, location, code) => {
    await using hub = await serveLocal((_request, response) => void response.writeHead(302, { location }).end());
    const client = new HubClient({ hubUrl: hub.url, retries: 0 });
    await expect(client.file(repo, "main", "x", 100)).rejects.toMatchObject({ code });
  });

  it("when something is sent to it, gets nothing sent again", async () => {
    await using elsewhere = await serveLocal((_request, response) => response.end());
    await using hub = await serveLocal((_request, response) => {
      response.writeHead(307, { location: elsewhere.url }).end();
    });
    const client = new HubClient({ hubUrl: hub.url, token, retries: 0 });
    await expect(client.createTag(repo, "a".repeat(40), "v1.0.0", "x")).rejects.toMatchObject({
      code: "HUB_BAD_REQUEST",
    });
    expect(elsewhere.requests).toEqual([]);
  });

  it("for the next page of a list, is not asked there", async () => {
    await using elsewhere = await serveLocal((_request, response) => response.end("[]"));
    await using hub = await serveLocal((request, response) => {
      if (!request.url?.includes("/tree/")) return notThere(response);
      return response.writeHead(200, { link: `<${elsewhere.url}/next>; rel="next"` }).end("[]");
    });
    const client = new HubClient({ hubUrl: hub.url, token, retries: 0 });
    await expect(client.tree(repo, "main")).rejects.toMatchObject({ code: "HUB_RESPONSE_INVALID" });
    expect(elsewhere.requests).toEqual([]);
  });

  it("never has the token in the error that comes of it", async () => {
    await using hub = await serveLocal((_request, response) => {
      response.writeHead(403, { "content-type": "application/json" }).end(JSON.stringify({ error: `no: ${token}` }));
    });
    const client = new HubClient({ hubUrl: hub.url, token, retries: 0 });
    const error: unknown = await client.file(repo, "main", "x", 100).catch((thrown: unknown) => thrown);
    expect(`${JSON.stringify(error)}${(error as Error).stack}`).not.toContain("secret");
  });
});
