import { describe, expect, it } from "vitest";
import { fixture } from "../test-site/test-site.ts";
import { duckDuckGoPage } from "./duckduckgo-page.ts";

const signal = new AbortController().signal;

describe("duckDuckGoPage", () => {
  it("reads results behind direct and counted links, and no advertisements", async () => {
    expect(await duckDuckGoPage(fixture("duckduckgo.html"), signal)).toEqual({
      results: [
        {
          title: "Owls & their ears",
          url: "https://birds.example.org/owls?a=1&b=2",
          snippet: "An owl's ears sit at different heights.",
        },
        { title: "Night in the forest", url: "https://forest.example.com/a%20b?x=1&y=2", snippet: "" },
        { title: "The first page again", url: "https://birds.example.org/owls?a=1&b=2", snippet: "Again." },
      ],
    });
  });

  it("reads the lite page", async () => {
    expect(await duckDuckGoPage(fixture("duckduckgo-lite.html"), signal)).toEqual({
      results: [
        { title: "Owls", url: "https://birds.example.org/owls", snippet: "The owl hears." },
        { title: "Forest", url: "https://forest.example.com/", snippet: "" },
      ],
    });
  });

  it.each([
    ["duckduckgo-none.html", "none-found"],
    ["duckduckgo-challenge.html", "challenge"],
    ["article.html", "unknown"],
  ])("says of %s why it holds no results: %s", async (name, empty) => {
    expect(await duckDuckGoPage(fixture(name), signal)).toEqual({ results: [], empty });
  });

  it("takes a page with advertisements alone for one that found nothing", async () => {
    const ad = '<div class="result result--ad"><a class="result__a" href="https://shop.example">Buy</a></div>';
    expect(await duckDuckGoPage(ad, signal)).toEqual({ results: [], empty: "none-found" });
  });

  it.each(["javascript:alert(1)", "", "http://[", "//duckduckgo.com/l/?rut=1", "//duckduckgo.com/l/?uddg=x"])(
    "leaves a link to %j out",
    async (href) => {
      const { results } = await duckDuckGoPage(`<a class="result__a" href="${href}">t</a>`, signal);
      expect(results).toEqual([]);
    },
  );
});
