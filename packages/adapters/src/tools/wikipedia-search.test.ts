import { describe, expect, it } from "vitest";
import { type Answer, failureOf, fixture, json, page, silence, TestSite } from "./test-site/test-site.ts";
import { wikipediaSearch, type WikipediaSearchOptions } from "./wikipedia-search.ts";

async function look(answer: Answer, query: string, options: Partial<WikipediaSearchOptions> = {}): Promise<string> {
  await using site = await TestSite.start(answer);
  return await wikipediaSearch({ fetch: site.fetch, ...options }).call({ query });
}

describe("wikipediaSearch", () => {
  it("returns the text of an article, with its source", async () => {
    expect(await look(json(fixture("wikipedia-article.json")), "Barn owls")).toBe(
      [
        "# Barn owl",
        "",
        "The barn owl lives in barns.",
        "",
        "",
        "## Hearing",
        "It hears mice.",
        "",
        "",
        "### Ears",
        "They are hidden.",
        "",
        "Source: https://en.wikipedia.org/wiki/Barn_owl",
      ].join("\n"),
    );
  });

  it("names the articles that may be meant when there is none with the title", async () => {
    expect(await look(json(fixture("wikipedia-missing.json")), "Barnowl")).toBe(
      'Wikipedia has no article with the title "Barnowl". Call again with one of these titles:\n\n' +
        "- Barn owl: The barn owl & its ears\n- Masked owl: A large owl",
    );
  });

  it("names the articles of a title with several meanings", async () => {
    const text = await look(json(fixture("wikipedia-meanings.json")), "Mercury");
    expect(text).toContain("The title has several meanings. Articles:\n\n- Mercury (planet): The first planet");
  });

  it.each<[Partial<WikipediaSearchOptions>, string, string[], string[]]>([
    [{}, "en.wikipedia.org", ["titles=barn+owl", "srsearch=barn+owl", "explaintext=1", "redirects=1"], ["exintro"]],
    [{ content: "summary", language: "de" }, "de.wikipedia.org", ["exintro=1"], []],
    [{ language: "zh-min-nan" }, "zh-min-nan.wikipedia.org", [], []],
    [{ url: "https://wiki.example.org/api.php?x=1" }, "wiki.example.org", ["x=1", "action=query"], []],
  ])("asks with %j", async (options, host, present, absent) => {
    await using site = await TestSite.start(json(fixture("wikipedia-article.json")));
    const asked: string[] = [];
    const fetch: WikipediaSearchOptions["fetch"] = (request, call) => {
      asked.push(request.url);
      return site.fetch(request, call);
    };
    await wikipediaSearch({ fetch, ...options }).call({ query: " barn  owl " });
    const [url = ""] = asked;
    expect(new URL(url).host).toBe(host);
    for (const parameter of present) expect(url).toContain(parameter);
    for (const parameter of absent) expect(url).not.toContain(parameter);
    expect(site.seen[0]?.headers["user-agent"]).toMatch(/^smoltools \(https:/);
  });

  it.each(["C#", "a|b", "[[x]]"])("only searches for %s, which can be no title", async (query) => {
    await using site = await TestSite.start(json(fixture("wikipedia-missing.json")));
    await wikipediaSearch({ fetch: site.fetch }).call({ query });
    const parameters = new URL(site.seen[0]?.path ?? "", "https://a.example").searchParams;
    expect([parameters.get("titles"), parameters.get("srsearch")]).toEqual([null, query]);
  });

  it("cuts a long article, and says how to read on", async () => {
    const extract = "x".repeat(300);
    const answer = json(JSON.stringify({ query: { pages: [{ title: "T", extract }] } }));
    const text = await look(answer, "T", { maxOutputLength: 100 });
    expect(text).toMatch(
      /^# T\n\nx{95}\n\n\[Cut: characters 0 to 100 of 305\. Call again with start 100 to read on\.\]$/,
    );
  });
});

describe("a look-up that fails", () => {
  it.each<[string, Answer, string, string]>([
    [
      "when nothing is like it",
      json('{"query":{"pages":[{"title":"x","missing":true}],"search":[]}}'),
      "WEB_NO_RESULTS",
      'nothing like "owls"',
    ],
    ["when the answer holds nothing", json("{}"), "WEB_NO_RESULTS", "Use other words"],
    [
      "when the wiki is busy",
      json('{"error":{"code":"ratelimited","info":"You are too fast."}}'),
      "WEB_RATE_LIMITED",
      "You are too fast. Try again later.",
    ],
    [
      "when the wiki does not understand",
      json('{"error":{"code":"badvalue","info":"Unrecognized value."}}'),
      "WEB_BAD_ANSWER",
      "Unrecognized value.",
    ],
    ["for too many requests", page("", {}, 429), "WEB_RATE_LIMITED", "Wikipedia answered 429"],
    ["in the server", page("", {}, 503), "WEB_STATUS", "Wikipedia answered 503"],
    ["with a page", page("<html>"), "WEB_BAD_ANSWER", "a page instead of a JSON object"],
    ["with a cut connection", (response) => void response.destroy(), "WEB_UNREACHABLE", "Could not reach Wikipedia"],
  ])("%s says so", async (_, answer, code, text) => {
    const error = await failureOf(look(answer, "owls"));
    expect(error).toMatchObject({ code });
    expect(error.message).toContain(text);
  });

  it("ends after its time", async () => {
    await expect(look(silence, "owls", { timeoutMs: 30 })).rejects.toMatchObject({ code: "WEB_TIMEOUT" });
  });

  it("refuses an empty query", async () => {
    await expect(look(silence, " ")).rejects.toMatchObject({ code: "WEB_BAD_INPUT" });
  });

  it.each(["en.evil.example/", "", "EN", "e", "en@x"])(
    "refuses the language %j, which would be another host",
    (language) => {
      expect(() => wikipediaSearch({ fetch: () => Promise.reject(new Error("unused")), language })).toThrow(
        "is not a language code",
      );
    },
  );

  it("names no more articles than were asked for", async () => {
    const search = Array.from({ length: 1000 }, (_, number) => ({ title: `Owl ${number}`, snippet: "hoo" }));
    const text = await look(json(JSON.stringify({ query: { search } })), "owl");
    expect(text.match(/^- Owl/gm)).toHaveLength(5);
  });
});
