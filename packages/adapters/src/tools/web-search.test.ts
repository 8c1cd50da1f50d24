import { isSmoltoolsError, SmoltoolsError } from "@smoltools/core";
import { inspect } from "node:util";
import { afterEach, describe, expect, it, vi } from "vitest";
import { jsonSearchEngine } from "./search/engines/json-search-engine.ts";
import type { SearchEngineName } from "./search/search-engines.ts";
import { type Answer, failureOf, fixture, json, page, silence, TestSite } from "./test-site/test-site.ts";
import { webSearch, type WebSearchOptions } from "./web-search.ts";

const key = "secret-key-0123456789";
const owls = { query: "owls" };

async function withSite<T>(answer: Answer, use: (site: TestSite) => Promise<T>): Promise<T> {
  await using site = await TestSite.start(answer);
  return await use(site);
}

function failure(answer: Answer, options: Partial<WebSearchOptions> = {}): Promise<Error & { code?: string }> {
  return withSite(answer, ({ fetch }) => failureOf(webSearch({ fetch, ...options }).call(owls)));
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("webSearch", () => {
  it("asks DuckDuckGo by its form, and gives no page twice", async () => {
    await using site = await TestSite.start(page(fixture("duckduckgo.html")));
    const results = await webSearch({ fetch: site.fetch }).call({ query: " owls & ears " });
    expect(results.map(({ url }) => url)).toEqual([
      "https://birds.example.org/owls?a=1&b=2",
      "https://forest.example.com/a%20b?x=1&y=2",
    ]);
    const [request] = site.seen;
    expect(request).toMatchObject({ method: "POST", path: "/html/" });
    expect(request?.body.toString()).toBe("q=owls+%26+ears");
    expect(request?.headers).toMatchObject({
      "content-type": "application/x-www-form-urlencoded",
      "user-agent": "Mozilla/5.0 (compatible; smoltools)",
    });
  });

  it("gives addresses as they are visited, and none that is too long", async () => {
    const results = [
      { title: "a", url: "https://a.example/\n\u001b[31mb c", description: "" },
      { title: "b", url: `https://b.example/${"b".repeat(5000)}`, description: "" },
      { title: "c", url: "https://c.example:x/", description: "" },
    ];
    await using site = await TestSite.start(json(JSON.stringify({ web: { results } })));
    const found = await webSearch({ fetch: site.fetch, engine: "brave", apiKey: key }).call(owls);
    expect(found.map(({ url }) => url)).toEqual(["https://a.example/%1B[31mb%20c"]);
  });

  it("gives no more results than are wanted", async () => {
    await using site = await TestSite.start(page(fixture("duckduckgo.html")));
    expect(await webSearch({ fetch: site.fetch, maxResults: 1 }).call(owls)).toHaveLength(1);
  });

  it.each<[SearchEngineName, string, string, RegExp]>([
    ["bing", "bing.rss", "GET", /^\/search\?q=owls&format=rss&count=10$/],
    ["brave", "brave.json", "GET", /^\/res\/v1\/web\/search\?q=owls&count=10&text_decorations=false$/],
    ["exa", "exa.json", "POST", /^\/search$/],
    ["serper", "serper.json", "POST", /^\/search$/],
    ["serpapi", "serpapi.json", "GET", /^\/search\.json\?engine=google&q=owls&num=10&api_key=secret-key-0123456789$/],
  ])("asks %s and reads its answer", async (engine, name, method, path) => {
    await using site = await TestSite.start(page(fixture(name)));
    const results = await webSearch({ fetch: site.fetch, engine, apiKey: key }).call(owls);
    expect(results[0]).toMatchObject({ url: expect.stringMatching(/^https:\/\/birds\.example\.org\/owls/) });
    expect(results[0]?.title).toMatch(/^Owls/);
    expect(results[0]?.snippet).not.toMatch(/[<>]|&\w+;/);
    expect(site.seen[0]?.method).toBe(method);
    expect(site.seen[0]?.path).toMatch(path);
  });

  it.each<[SearchEngineName, string, string, string]>([
    ["brave", "BRAVE_API_KEY", "x-subscription-token", "brave.json"],
    ["exa", "EXA_API_KEY", "x-api-key", "exa.json"],
    ["serper", "SERPER_API_KEY", "x-api-key", "serper.json"],
  ])("takes the key of %s from %s when it searches", async (engine, variable, header, name) => {
    await using site = await TestSite.start(json(fixture(name)));
    const tool = webSearch({ fetch: site.fetch, engine });
    vi.stubEnv(variable, key);
    await tool.call(owls);
    expect(site.seen[0]?.headers[header]).toBe(key);
  });

  it("joins the pieces of text that Exa gives, and takes results without any (case 122)", async () => {
    await using site = await TestSite.start(json(fixture("exa.json")));
    expect(await webSearch({ fetch: site.fetch, engine: "exa", apiKey: key }).call(owls)).toEqual([
      {
        title: "Owls and their ears",
        url: "https://birds.example.org/owls",
        snippet: "The ears sit at different heights. … Feathers guide the sound.",
      },
      { title: "https://forest.example.com/", url: "https://forest.example.com/", snippet: "" },
    ]);
    expect(JSON.parse(site.seen[0]?.body.toString() ?? "")).toEqual({
      query: "owls",
      type: "auto",
      numResults: 10,
      contents: { highlights: true },
    });
  });

  it("says how to give the key when there is none (case 122)", async () => {
    vi.stubEnv("EXA_API_KEY", "");
    await using site = await TestSite.start(json("{}"));
    const error = await failureOf(webSearch({ fetch: site.fetch, engine: "exa" }).call(owls));
    expect(error).toMatchObject({
      code: "WEB_KEY_MISSING",
      message: "Exa needs a key: pass apiKey or set EXA_API_KEY.",
    });
    expect(site.seen).toEqual([]);
  });

  it.each<[string, Answer, Partial<WebSearchOptions>]>([
    ["Exa (case 122)", json('{"results":[]}'), { engine: "exa", apiKey: key }],
    ["SerpApi", json(fixture("serpapi-none.json")), { engine: "serpapi", apiKey: key }],
    ["Brave", json('{"web":null}'), { engine: "brave", apiKey: key }],
    ["DuckDuckGo", page(fixture("duckduckgo-none.html")), {}],
    ["Bing", page('<rss version="2.0"><channel><title>Bing</title></channel></rss>'), { engine: "bing" }],
    [
      "results that cannot be visited",
      json('{"results":[{"url":"ftp://x"},{"title":"t"},5,null]}'),
      { engine: "exa", apiKey: key },
    ],
  ])("takes it for an error when nothing is found: %s", async (_, answer, options) => {
    const error = await failure(answer, options);
    expect(error).toMatchObject({ code: "WEB_NO_RESULTS" });
    expect(error.message).toContain('found nothing for "owls". Search with fewer or other words.');
  });

  it.each<[SearchEngineName, string]>([
    ["serper", '"tbs":"cdr:1,cd_min:01/01/2020,cd_max:12/31/2020"'],
    ["exa", '"startPublishedDate":"2020-01-01T00:00:00.000Z","endPublishedDate":"2020-12-31T23:59:59.999Z"'],
  ])("looks for pages of one year with %s", async (engine, sent) => {
    await using site = await TestSite.start(json('{"organic":[],"results":[]}'));
    const tool = webSearch({ fetch: site.fetch, engine, apiKey: key });
    const error = await failureOf(tool.call({ query: "owls", filter_year: 2020 }));
    expect(error.message).toContain("without filter_year");
    expect(site.seen[0]?.body.toString()).toContain(sent);
  });

  it("offers no year where the engine knows none", async () => {
    const tool = webSearch({ fetch: () => Promise.reject(new Error("unused")) });
    expect(Object.keys(tool.inputSchema.properties ?? {})).toEqual(["query"]);
    await expect(tool.call({ query: "owls", filter_year: 2020 })).rejects.toMatchObject({ code: "TOOL_INPUT_INVALID" });
  });

  it("asks an engine of one's own", async () => {
    await using site = await TestSite.start(
      json('{"data":{"hits":[{"name":"Owl","href":"https://a.example/","text":["x","y"]}]}}'),
    );
    const engine = jsonSearchEngine({
      title: "Mine",
      url: "https://mine.example/find?safe=1",
      queryParameter: "words",
      countParameter: "n",
      keyHeader: "authorization",
      keyPrefix: "Bearer ",
      fields: { list: ["data", "hits"], title: "name", url: "href", snippet: "text" },
    });
    expect(await webSearch({ fetch: site.fetch, engine, apiKey: key }).call(owls)).toEqual([
      { title: "Owl", url: "https://a.example/", snippet: "x … y" },
    ]);
    expect(site.seen[0]).toMatchObject({ path: "/find?safe=1&words=owls&n=10" });
    expect(site.seen[0]?.headers.authorization).toBe(`Bearer ${key}`);
  });

  it("asks at another address", async () => {
    await using site = await TestSite.start(page(fixture("duckduckgo-lite.html")));
    const tool = webSearch({ fetch: site.fetch, url: "https://lite.duckduckgo.com/lite/" });
    expect(await tool.call(owls)).toHaveLength(2);
    expect(site.seen[0]?.path).toBe("/lite/");
  });
});

describe("a search that fails", () => {
  it.each<[string, Answer, string, string]>([
    ["for too many requests", page("", { "retry-after": "30" }, 429), "WEB_RATE_LIMITED", "Try again in 30 s."],
    [
      "in the service",
      page("<title>Oops</title>", {}, 500),
      "WEB_STATUS",
      '500 Internal Server Error: an HTML page, "Oops"',
    ],
    ["with the key", json(fixture("serpapi-401.json"), 401), "WEB_KEY_REFUSED", "Invalid API key."],
    ["with garbage", json('{"results": [}'), "WEB_BAD_ANSWER", "instead of a JSON object"],
    ["with a page", page("<html>"), "WEB_BAD_ANSWER", "a page instead of a JSON object"],
    ["with nothing", json(""), "WEB_BAD_ANSWER", "nothing instead"],
    ["with another form", json('{"results":{"a":1}}'), "WEB_BAD_ANSWER", "without a list of results at results"],
    ["with far too much", json(`"${"x".repeat(3_000_000)}"`), "WEB_TOO_LARGE", "larger than 2097152 bytes"],
    [
      "with a cut connection",
      (response) => void response.destroy(),
      "WEB_UNREACHABLE",
      "Could not reach Exa: fetch failed",
    ],
  ])("%s says so", async (_, answer, code, text) => {
    const error = await failure(answer, { engine: "exa", apiKey: key });
    expect(error).toMatchObject({ code });
    expect(error.message).toContain(text);
  });

  it.each<[string, Answer, string]>([
    ["riddle for humans", page(fixture("duckduckgo-challenge.html"), {}, 202), "WEB_RATE_LIMITED"],
    ["riddle with status 200", page(fixture("duckduckgo-challenge.html")), "WEB_RATE_LIMITED"],
    ["unknown page with status 202", page("<p>wait</p>", {}, 202), "WEB_RATE_LIMITED"],
    ["unknown page", page("<p>new design</p>"), "WEB_BAD_ANSWER"],
  ])("tells DuckDuckGo's %s from a search without results", async (_, answer, code) => {
    expect(await failure(answer)).toMatchObject({ code });
  });

  it("takes results that come with status 202, whatever else the page says", async () => {
    await using site = await TestSite.start(page(fixture("duckduckgo.html"), {}, 202));
    expect(await webSearch({ fetch: site.fetch }).call(owls)).toHaveLength(2);
  });

  it.each<[string, Answer]>([
    ["an error", json(`{"error":"the key ${key} is wrong"}`, 401)],
    ["a title", page(`<title>${key}</title>`, {}, 500)],
    ["its address", (response) => void response.destroy()],
  ])("never shows the key, though it is in %s", async (_, answer) => {
    await using site = await TestSite.start(answer);
    const fetch: WebSearchOptions["fetch"] = async (request, call) => {
      try {
        return await site.fetch(request, call);
      } catch (cause) {
        throw new Error(`GET ${request.url} failed`, { cause });
      }
    };
    const error = await failureOf(webSearch({ fetch, engine: "serpapi", apiKey: key }).call(owls));
    expect(isSmoltoolsError(error)).toBe(true);
    expect(`${inspect(error, { depth: 9, showHidden: true })}${JSON.stringify(error)}`).not.toContain("secret");
  });

  it("ends after its time", async () => {
    const error = await failure(silence, { timeoutMs: 30 });
    expect(error).toMatchObject({ code: "WEB_TIMEOUT" });
    expect(error.message).toContain("DuckDuckGo took longer than 30 ms");
  });

  it("ends after its time also where the fetch heeds no signal", async () => {
    const tool = webSearch({ fetch: () => new Promise(() => {}), timeoutMs: 30 });
    await expect(tool.call(owls)).rejects.toMatchObject({ code: "WEB_TIMEOUT" });
  });

  it("ends with its caller", async () => {
    await using site = await TestSite.start(silence);
    const abort = new AbortController();
    const call = webSearch({ fetch: site.fetch }).call(owls, { signal: abort.signal });
    setTimeout(() => abort.abort(new Error("enough")), 20);
    await expect(call).rejects.toThrow("enough");
  });

  it("passes a refused permission on as it is", async () => {
    const denied = new SmoltoolsError("The tool may not reach it", { code: "PERMISSION_DENIED" });
    const tool = webSearch({ fetch: () => Promise.reject(denied) });
    await expect(tool.call(owls)).rejects.toBe(denied);
  });

  it("refuses an empty query without asking", async () => {
    await using site = await TestSite.start(silence);
    await expect(webSearch({ fetch: site.fetch }).call({ query: " " })).rejects.toMatchObject({
      code: "WEB_BAD_INPUT",
    });
    expect(site.seen).toEqual([]);
  });
});

describe("the pace of searches", () => {
  it("spreads searches that come at once", async () => {
    const begun: number[] = [];
    await using site = await TestSite.start(page(fixture("duckduckgo.html")));
    const fetch: WebSearchOptions["fetch"] = (...call) => {
      begun.push(performance.now());
      return site.fetch(...call);
    };
    const tool = webSearch({ fetch, requestsPerSecond: 20 });
    await Promise.all([tool.call(owls), tool.call(owls), tool.call(owls)]);
    expect((begun[2] ?? 0) - (begun[0] ?? 0)).toBeGreaterThan(80);
  });

  it("lets a search that waits for its turn end with its caller", async () => {
    await using site = await TestSite.start(page(fixture("duckduckgo.html")));
    const tool = webSearch({ fetch: site.fetch, requestsPerSecond: 0.001 });
    await tool.call(owls);
    await expect(tool.call(owls, { signal: AbortSignal.timeout(20) })).rejects.toThrow("timeout");
    expect(site.seen).toHaveLength(1);
  });
});

describe("the options of a search", () => {
  const fetch: WebSearchOptions["fetch"] = () => Promise.reject(new Error("unused"));

  it.each<[string, unknown]>([
    ["fetch", { fetch: undefined }],
    ["maxResults", { fetch, maxResults: 0 }],
    ["maxResults", { fetch, maxResults: 11 }],
    ["maxResults", { fetch, maxResults: 2.5 }],
    ["requestsPerSecond", { fetch, requestsPerSecond: 0 }],
    ["timeoutMs", { fetch, timeoutMs: Number.NaN }],
    ["engine", { fetch, engine: "altavista" }],
    ["engine", { fetch, engine: "toString" }],
    ["url", { fetch, url: "html.duckduckgo.com" }],
  ])("refuse a bad %s", (option, options) => {
    expect(() => webSearch(options as WebSearchOptions)).toThrow(
      expect.objectContaining({ code: "WEB_OPTIONS_INVALID", data: { service: "web_search", option } }),
    );
  });
});
