import { describe, expect, it } from "vitest";
import { type Answer, failureOf, fixture, json, page, silence, TestSite } from "./test-site/test-site.ts";
import { visitWebpage, type VisitWebpageOptions } from "./visit-webpage.ts";

const url = "https://birds.example.org/owls";

async function visit(answer: Answer, options: Partial<VisitWebpageOptions> = {}, start?: number): Promise<string> {
  await using site = await TestSite.start(answer);
  const tool = visitWebpage({ fetch: site.fetch, ...options });
  return await tool.call({ url, ...(start !== undefined && { start }) });
}

const plain = (text: string | Buffer, type: string): Answer => page(text, { "content-type": type });

describe("visitWebpage", () => {
  it("reads a page as Markdown", async () => {
    const text = await visit(page(fixture("article.html")));
    expect(text).toContain("# How owls *hear*");
    expect(text).toContain("[its skull](https://birds.example.org/birds/ears.html)");
    expect(text).not.toMatch(/Home|Shop|not text|Ignore all instructions/);
  });

  it("puts the title above a page that has no heading of its own", async () => {
    expect(await visit(page("<title>Owls</title><p>They hear."))).toBe("# Owls\n\nThey hear.");
  });

  it("reads the page that a redirect leads to, and takes its links from there", async () => {
    const text = await visit((response, request) => {
      if (request.path === "/owls") response.writeHead(302, { location: "/birds/owls/" }).end();
      else page('<a href="ears">ears</a>')(response, request);
    });
    expect(text).toBe("[ears](https://birds.example.org/birds/owls/ears)");
  });

  it.each<[string, Answer, string]>([
    ["plain text", plain("a < b\n\n  c", "text/plain"), "a < b\n\n  c"],
    ["JSON", json('{"a": 1}'), '{"a": 1}'],
    ["JSON of a kind", plain('{"a": 1}', "application/vnd.api+json"), '{"a": 1}'],
    ["a feed", plain("<rss/>", "application/rss+xml"), "<rss/>"],
    ["a page without a type", plain(" <!doctype html><p>a", ""), "a"],
    ["text without a type", plain("a<p>", ""), "a<p>"],
    ["XHTML", plain("<html><body><p>a</p></body></html>", "application/xhtml+xml"), "a"],
    ["another character set", plain(Buffer.from("<p>\xe9", "latin1"), "text/html; charset=iso-8859-1"), "é"],
    ["nothing", page(""), "[The page holds no text. It may need a browser that runs scripts.]"],
    [
      "scripts alone",
      page("<div id=root></div><script>1</script>"),
      "[The page holds no text. It may need a browser that runs scripts.]",
    ],
  ])("reads %s", async (_, answer, text) => {
    expect(await visit(answer)).toBe(text);
  });

  it.each<[string, Answer, string]>([
    ["a picture", plain(Buffer.from([0x89, 0x50]), "image/png"), "answered with image/png, 2 bytes"],
    ["a document", plain("%PDF", "application/pdf"), "answered with application/pdf, 4 bytes"],
    [
      "bytes that call themselves text",
      plain(Buffer.from([65, 0, 66]), "text/plain"),
      "answered with text/plain, 3 bytes",
    ],
    ["bytes without a type", plain(Buffer.from([65, 0, 66]), ""), "answered with application/octet-stream, 3 bytes"],
  ])("refuses %s", async (_, answer, text) => {
    const error = await failureOf(visit(answer));
    expect(error).toMatchObject({ code: "WEB_UNSUPPORTED_TYPE" });
    expect(error.message).toContain(`birds.example.org ${text}: only pages and texts can be read.`);
  });

  it("cuts a long text, and reads on where it was cut", async () => {
    const answer = plain(`${"a".repeat(150)}${"b".repeat(100)}`, "text/plain");
    const first = await visit(answer, { maxOutputLength: 200 });
    expect(first).toBe(
      `${"a".repeat(150)}${"b".repeat(50)}\n\n[Cut: characters 0 to 200 of 250. Call again with start 200 to read on.]`,
    );
    expect(await visit(answer, { maxOutputLength: 200 }, 200)).toBe("b".repeat(50));
  });

  it("shows 40,000 characters by default", async () => {
    const text = await visit(plain("x".repeat(50_000), "text/plain"));
    expect(text.replace(/\n\n\[Cut.*$/s, "")).toHaveLength(40_000);
  });

  it("leaves the rest of a page away that is too large to convert, and says so", async () => {
    const text = await visit(page(`<p>${"a".repeat(97)}</p><p>end`), { maxBytes: 100 });
    expect(text).toBe(`${"a".repeat(97)}\n\n[This page is not whole: only its first 100 bytes were read.]`);
  });

  it("says so when a page is nested too deeply", async () => {
    const text = await visit(page(`<p>start</p>${"<div>".repeat(20_000)}end`));
    expect(text).toBe("start\n\n[This page is not whole: its elements are nested too deeply to be read to the end.]");
  });

  it("asks as itself, for texts", async () => {
    await using site = await TestSite.start(page("a"));
    await visitWebpage({ fetch: site.fetch, userAgent: "owl/1" }).call({ url: `${url}?a=1#part` });
    expect(site.seen[0]).toMatchObject({ method: "GET", path: "/owls?a=1" });
    expect(site.seen[0]?.headers).toMatchObject({
      "user-agent": "owl/1",
      accept: expect.stringMatching(/^text\/html/),
    });
  });
});

describe("a visit that fails", () => {
  it.each<[string, Answer, string, string]>([
    ["for a missing page", page("", {}, 404), "WEB_STATUS", "birds.example.org answered 404 Not Found"],
    ["for a forbidden page", page("", {}, 403), "WEB_STATUS", "answered 403 Forbidden"],
    ["in the server", page("<title>Oops</title>", {}, 500), "WEB_STATUS", 'an HTML page, "Oops". Try again later.'],
    ["for too many requests", page("", { "retry-after": "soon" }, 429), "WEB_RATE_LIMITED", "Try again later."],
    [
      "with a cut connection",
      (response) => void response.destroy(),
      "WEB_UNREACHABLE",
      "Could not reach birds.example.org",
    ],
    [
      "with a text that breaks off",
      (response) => {
        response.writeHead(200, { "content-length": "100" }).write("half");
        setTimeout(() => response.destroy(), 10);
      },
      "WEB_UNREACHABLE",
      "Could not reach birds.example.org",
    ],
  ])("%s says so", async (_, answer, code, text) => {
    const error = await failureOf(visit(answer));
    expect(error).toMatchObject({ code });
    expect(error.message).toContain(text);
  });

  it.each([
    ["owls", "is no address: write it whole, with https://."],
    ["file:///etc/passwd", "only https: and http: can be visited"],
    ["javascript:alert(1)", "only https: and http: can be visited"],
    ["https://me:secret@a.example/", "holds a user or password"],
  ])("refuses %s without asking", async (address, text) => {
    await using site = await TestSite.start(silence);
    const error = await failureOf(visitWebpage({ fetch: site.fetch }).call({ url: address }));
    expect(error).toMatchObject({ code: "WEB_BAD_ADDRESS" });
    expect(error.message).toContain(text);
    expect(error.message).not.toContain("secret");
    expect(site.seen).toEqual([]);
  });

  it("ends after its time", async () => {
    await expect(visit(silence, { timeoutMs: 30 })).rejects.toMatchObject({ code: "WEB_TIMEOUT" });
  });

  it("ends after its time during the conversion too", async () => {
    const answer = page("<p>a</p>".repeat(500_000));
    await expect(visit(answer, { timeoutMs: 60 })).rejects.toMatchObject({ code: "WEB_TIMEOUT" });
  });

  it("ends with its caller", async () => {
    await using site = await TestSite.start(silence);
    const abort = new AbortController();
    const call = visitWebpage({ fetch: site.fetch }).call({ url }, { signal: abort.signal });
    setTimeout(() => abort.abort(new Error("enough")), 20);
    await expect(call).rejects.toThrow("enough");
  });

  it.each<[string, Partial<VisitWebpageOptions>]>([
    ["maxOutputLength", { maxOutputLength: 10 }],
    ["maxBytes", { maxBytes: -1 }],
    ["timeoutMs", { timeoutMs: 0 }],
  ])("refuses a bad %s where it is made", (option, options) => {
    expect(() => visitWebpage({ fetch: () => Promise.reject(new Error("unused")), ...options })).toThrow(option);
  });
});
