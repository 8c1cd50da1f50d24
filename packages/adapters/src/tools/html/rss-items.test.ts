import { describe, expect, it } from "vitest";
import { fixture } from "../test-site/test-site.ts";
import { rssItems } from "./rss-items.ts";

const signal = new AbortController().signal;

describe("rssItems", () => {
  it("reads the items, and not the titles of the channel and its image", async () => {
    expect(await rssItems(fixture("bing.rss"), signal)).toEqual([
      {
        title: "Owls & their ears",
        url: "https://birds.example.org/owls?a=1&b=2",
        snippet: "An owl hears & sees.",
      },
      { title: "Night & forest", url: "https://forest.example.com/", snippet: "It is dark." },
    ]);
  });

  it("takes what is there of a feed that breaks off", async () => {
    expect(await rssItems("<rss><channel><item><title>a</title><link>https://a.ex", signal)).toEqual([
      { title: "a", url: "https://a.ex", snippet: "" },
    ]);
  });

  it.each(["", "<html><title>a</title></html>", "{}"])("knows that %j is no feed", async (text) => {
    expect(await rssItems(text, signal)).toBeUndefined();
  });

  it("reads no more items than anybody asks for", async () => {
    expect(await rssItems(`<rss>${"<item><title>a</title></item>".repeat(2000)}</rss>`, signal)).toHaveLength(1000);
  });
});
