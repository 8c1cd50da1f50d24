import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Tool } from "@smoltools/core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { toolsFromMcp } from "./from/tools-from-mcp.ts";
import { fileTokenStore } from "./oauth/file-token-store.ts";
import type { McpOAuth } from "./oauth/mcp-oauth.ts";
import { memoryTokenStore } from "./oauth/token-store.ts";
import { type OAuthServer, runOAuthServer } from "./test-support/run-oauth-server.ts";

const folder = mkdtempSync(join(tmpdir(), "mcp-oauth-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let server: OAuthServer;
beforeAll(async () => {
  server = await runOAuthServer();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(() => server.tell({ refusesUsers: false, refusesRefresh: false }));

/** Goes through the page like a browser, and says where it was sent. */
function browser(): Required<Pick<McpOAuth, "onSignIn">> & { pages: URL[] } {
  const pages: URL[] = [];
  const onSignIn = async (url: URL): Promise<void> => {
    pages.push(url);
    await (await fetch(url)).text();
  };
  return { onSignIn, pages };
}

const callOnce = async (oauth: McpOAuth): Promise<unknown> => {
  await using mcp = await toolsFromMcp({ url: server.url, oauth });
  const [tool] = (await mcp.tools()) as [Tool];
  return await tool.call({});
};

describe("a server that wants a sign-in", () => {
  it("gets the user's, with PKCE and a state, and is called", async () => {
    const { onSignIn, pages } = browser();
    expect(await callOnce({ onSignIn, clientName: "My program" })).toBe("somebody");
    const [page] = pages;
    expect(page?.searchParams.get("code_challenge_method")).toBe("S256");
    expect(page?.searchParams.get("state")).toHaveLength(43);
    expect(page?.searchParams.get("redirect_uri")).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/);
    expect(await server.tell({})).toEqual({ grants: ["code"], clients: ["My program"] });
  });

  it("does not ask again while the sign-in is kept", async () => {
    const { onSignIn, pages } = browser();
    const tokenStore = memoryTokenStore();
    await callOnce({ onSignIn, tokenStore });
    await callOnce({ tokenStore });
    expect(pages).toHaveLength(1);
    expect(await server.tell({})).toEqual({ grants: ["code"], clients: ["smoltools"] });
  });

  it("gives new tokens for the refresh token when those before have expired", async () => {
    const { onSignIn, pages } = browser();
    const tokenStore = memoryTokenStore();
    await callOnce({ onSignIn, tokenStore });
    await server.tell({ expire: true });
    await callOnce({ tokenStore });
    expect([pages.length, (await server.tell({})).grants]).toEqual([1, ["refresh"]]);
  });

  it("gives new tokens in the middle of a session", async () => {
    const { onSignIn } = browser();
    await using mcp = await toolsFromMcp({ url: server.url, oauth: { onSignIn } });
    const [tool] = (await mcp.tools()) as [Tool];
    await server.tell({ expire: true });
    expect(await tool.call({})).toBe("somebody");
    expect((await server.tell({})).grants).toEqual(["refresh"]);
  });

  it("asks the user again when it refuses the refresh token", async () => {
    const { onSignIn, pages } = browser();
    const tokenStore = memoryTokenStore();
    await callOnce({ onSignIn, tokenStore });
    await server.tell({ expire: true, refusesRefresh: true });
    expect(await callOnce({ onSignIn, tokenStore })).toBe("somebody");
    expect([pages.length, (await server.tell({})).grants]).toEqual([2, ["code"]]);
  });

  it("is an error that says so when there is nobody to ask, and the tokens stay out of it", async () => {
    const { onSignIn } = browser();
    const tokenStore = memoryTokenStore();
    await callOnce({ onSignIn, tokenStore });
    await server.tell({ expire: true, refusesRefresh: true });
    await expect(callOnce({ tokenStore })).rejects.toMatchObject({
      code: "SOURCE_UNAUTHORISED",
      message: expect.stringMatching(/oauth\.onSignIn/),
    });
    await expect(toolsFromMcp({ url: server.url })).rejects.toMatchObject({ code: "SOURCE_UNAUTHORISED" });
  });

  it("is an error when the user says no", async () => {
    await server.tell({ refusesUsers: true });
    await expect(callOnce(browser())).rejects.toMatchObject({
      code: "SOURCE_UNAUTHORISED",
      message: expect.stringContaining("access_denied"),
    });
  });

  it("is an error when the user does not come back, and answers to other sign-ins are not taken", async () => {
    const onSignIn = async (url: URL): Promise<void> => {
      const back = new URL(url.searchParams.get("redirect_uri") ?? "");
      back.search = "?code=stolen&state=of-somebody-else";
      expect((await fetch(back)).status).toBe(200);
    };
    await expect(callOnce({ onSignIn, signInTimeoutMs: 300 })).rejects.toMatchObject({ code: "SOURCE_TIMEOUT" });
    expect((await server.tell({})).grants).toEqual([]);
  });

  it("is not kept from the user's answer by a page that asks for what is no address", async () => {
    const { onSignIn: visit } = browser();
    const onSignIn = async (url: URL): Promise<void> => {
      const { hostname, port } = new URL(url.searchParams.get("redirect_uri") ?? "");
      const status = await new Promise((resolve, reject) => {
        get({ hostname, port, path: "//" }, (response) => resolve(response.resume().statusCode)).on("error", reject);
      });
      expect(status).toBe(404);
      await visit(url);
    };
    expect(await callOnce({ onSignIn })).toBe("somebody");
  });

  it("leaves nobody listening for the browser", async () => {
    const { onSignIn, pages } = browser();
    await callOnce({ onSignIn });
    await expect(fetch(pages[0]?.searchParams.get("redirect_uri") ?? "")).rejects.toThrow("fetch failed");
  });
});

describe("a server without encryption elsewhere", () => {
  it("gets no sign-in", async () => {
    const oauth = browser();
    await expect(toolsFromMcp({ url: "http://mcp.invalid/mcp", oauth })).rejects.toMatchObject({
      code: "ADAPTER_OPTIONS_INVALID",
    });
  });
});

describe("a file of sign-ins", () => {
  it("keeps them for the next program, for its owner alone", async () => {
    const path = join(folder, "new", "tokens.json");
    const { onSignIn, pages } = browser();
    await callOnce({ onSignIn, tokenStore: fileTokenStore(path) });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    await callOnce({ tokenStore: fileTokenStore(path) });
    expect(pages).toHaveLength(1);
    await fileTokenStore(path).set(new URL(server.url).href, undefined);
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual({});
  });

  it("keeps what several write at once", async () => {
    const path = join(folder, "many.json");
    const store = fileTokenStore(path);
    const servers = Array.from({ length: 20 }, (_, n) => `https://${n}.example.org/`);
    await Promise.all(servers.map((name) => store.set(name, { redirectUrl: name })));
    expect(Object.keys(JSON.parse(readFileSync(path, "utf8")) as object).sort()).toEqual([...servers].sort());
  });

  it.each([
    ["on which others have rights", "{}", 0o644, /chmod 600/],
    ["that is none", "[]", 0o600, /not a file of sign-ins/],
    ["with something else in it", '{"https://a.example/":"text"}', 0o600, /not a file of sign-ins/],
  ])("%s is refused", async (_what, content, mode, message) => {
    const path = join(folder, "bad.json");
    writeFileSync(path, content);
    chmodSync(path, mode);
    await expect(fileTokenStore(path).get("https://a.example/")).rejects.toThrow(message);
  });

  it("is not made by looking for a sign-in", async () => {
    const path = join(folder, "none.json");
    expect(await fileTokenStore(path).get("https://a.example/")).toBeUndefined();
    expect(existsSync(path)).toBe(false);
  });
});
