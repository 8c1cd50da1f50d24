import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fixture } from "../test-site/test-site.ts";
import { pageMarkdown } from "./page-markdown.ts";

const signal = new AbortController().signal;

async function markdownOf(html: string): Promise<string> {
  return (await pageMarkdown(html, "https://birds.example.org/a/b.html", signal)).markdown;
}

describe("pageMarkdown", () => {
  it("turns a whole page into Markdown, without what surrounds its text", async () => {
    const page = await pageMarkdown(fixture("article.html"), "https://birds.example.org/x/y.html", signal);
    expect(page.title).toBe("How owls hear – Birds & Sounds");
    expect(page.isWhole).toBe(true);
    expect(page.markdown.split("\n")).toEqual([
      "Skip to content",
      "",
      "# How owls *hear*",
      "",
      "An owl's ears sit at **different heights**, as [its skull](https://birds.example.org/birds/ears.html) shows " +
        "(see [Owl](https://en.wikipedia.org/wiki/Owl_%28bird%29) and `ear_height`).",
      "",
      "![A barn owl](https://birds.example.org/birds/owl.jpg)",
      "A barn owl at night",
      "",
      "## What is needed",
      "",
      "3. Two ears",
      "   - left",
      "   - right",
      "4. Silence",
      "",
      "Frequencies",
      "",
      "| Owl | kHz |",
      "| --- | --- |",
      "| Barn | 0.2 \\| 12 |",
      "| Tawny | 0.4 |",
      "",
      "```js",
      "const ears = 2;",
      "if (ears < 2) {",
      "  listen();",
      "}",
      "```",
      "",
      "> The night has ears.",
      ">",
      "> A saying",
      "",
      "First line",
      "second line",
      "",
      "---",
      "",
      "[Read on about feathers](https://birds.example.org/more) Share",
    ]);
  });

  it.each([
    ["nothing", "", ""],
    ["text alone", " a\n b ", "a b"],
    ["spaces around emphasis", "a<b> b </b>c", "a **b** c"],
    ["emphasis of nothing", "a<b> </b>c", "a c"],
    ["emphasis around paragraphs", "<b><p>a</p><p>b</p></b>", "a\n\nb"],
    ["entities", "&lt;p&gt; &amp; &eacute;&nbsp;&#x1F989;", "<p> & é 🦉"],
    ["an address with a port", '<a href="//h.example:81/x?a=1&amp;b">t</a>', "[t](https://h.example:81/x?a=1&b)"],
    ["a relative address", '<a href="../c">t</a>', "[t](https://birds.example.org/c)"],
    ["an address that is none", '<a href="http://[">t</a>', "t"],
    ["a place on the page", '<a href="#x">t</a>', "t"],
    ["a link without text", 'a<a href="/x"> </a>b', "a b"],
    ["spaces in a link", 'a<a href="/"> t </a>b', "a [t](https://birds.example.org/) b"],
    ["emphasis in a link", '<a href="/"><b>t</b></a>', "[**t**](https://birds.example.org/)"],
    ["an image of data", '<img alt="An owl" src="data:image/png;base64,AA">', "[Image: An owl]"],
    ["an image in a link", '<a href="/"><img alt="An owl"></a>', "[[Image: An owl]](https://birds.example.org/)"],
    ["a quotation in an item", "<ul><li>a<blockquote>b</blockquote></ul>c", "- a\n\n  > b\n\nc"],
    ["a list in a quotation", "<blockquote><ul><li>a<li>b</ul></blockquote>", "> - a\n> - b"],
    ["paragraphs in items", "<ul><li><p>a</p><p>b</p></li><li>c</li></ul>", "- a\n\n  b\n\n- c"],
    ["an empty item", "<ol><li></li><li>b</li></ol>", "2. b"],
    ["fences in code", "<pre>```\nx\n```</pre>", "````\n```\nx\n```\n````"],
    ["blank lines in code", "<pre>\na\n\n  b\n</pre>", "```\na\n\n  b\n```"],
    ["code without lines", "<pre> </pre>a", "a"],
    ["tags in code", "<pre><span>a</span> <b>b</b></pre>", "```\na b\n```"],
    ["a language beside code", '<pre class="lang-ts">a</pre>', "```ts\na\n```"],
    ["a table without a head", "<table><tr><td>a<td>b<tr><td>c</table>", "| a | b |\n| --- | --- |\n| c |"],
    ["a table of one column", "<table><tr><td>a</td></tr><tr><td>b</td></tr></table>", "a\nb"],
    ["a list in a cell", "<table><tr><td>a<td><ul><li>x<li>y</ul></table>", "| a | • x • y |\n| --- | --- |"],
    ["a table for layout", "<table><tr><td>a<td><h2>b</h2>c</table>", "a\n\n## b\n\nc"],
    [
      "a table in a table",
      "<table><tr><td>a<td><table><tr><td>x<td>y</table></table>",
      "a\n\n| x | y |\n| --- | --- |",
    ],
    ["a heading in a link", '<a href="/"><h2>a</h2><p>b</p></a>', "[a b](https://birds.example.org/)"],
    ["elements that are never closed", "<div><p>a<div>b", "a\n\nb"],
    ["ends without beginnings", "a</div></p></b></table>b", "a\n\nb"],
    ["a footer of the page", "a<footer>b</footer>", "a"],
    ["a part that a search opens", '<div hidden="until-found">a</div>b', "a\nb"],
    ["a hidden part", '<div aria-hidden="true">a<div>b</div></div>c', "c"],
    ["scripts with tags in them", "<script>if (a<b) '<p>x</p>'</script>c", "c"],
  ])("handles %s", async (_, html, markdown) => {
    expect(await markdownOf(html)).toBe(markdown);
  });

  it("takes the title of the page and not that of a picture", async () => {
    const html = "<svg><title>Icon</title></svg><title> The\n page </title><svg><title>Icon</title></svg>";
    expect((await pageMarkdown(html, "https://a.example/", signal)).title).toBe("The page");
  });

  it("never fails, and never writes a blank line twice", async () => {
    const tags =
      "<p>,</p>,<b>,</b>,<a href=/x>,</a>,<ul>,<ol>,<li>,</ul>,<table>,<tr>,<td>,</table>,<h2>,</h2>,<br>,<hr>";
    const more = "<blockquote>,</blockquote>,<img alt=x>,<nav>,</nav>,<!--,-->,<code>,</code>,</div>,<caption>";
    const piece = fc.oneof(
      fc.constantFrom(...`${tags},${more}`.split(",")),
      fc.string({ unit: "grapheme", maxLength: 8 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => {
        expect(await markdownOf(pieces.join(""))).not.toMatch(/\n\n\n|^\n|\n$/);
      }),
      { numRuns: 300 },
    );
  });

  it("leaves a page that is nested without end", async () => {
    const page = await pageMarkdown(`<p>start</p>${"<div>".repeat(100_000)}end`, "https://a.example/", signal);
    expect(page).toEqual({ markdown: "start", title: "", isWhole: false });
  });

  it("ends when it is aborted, though the page goes on", async () => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(new Error("enough")), 1);
    await expect(pageMarkdown("<p>a</p>".repeat(500_000), "https://a.example/", abort.signal)).rejects.toThrow(
      "enough",
    );
  });

  it("lets other work go on meanwhile", async () => {
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    await pageMarkdown("<p>a</p>".repeat(500_000), "https://a.example/", signal);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
  });

  // A parser whose time grows with the square of the length would need minutes for each of these.
  it.each([
    ["brackets", "<"],
    ["quotations", "<blockquote>"],
    ["emphasis that is never closed", "<b>x<i>"],
    ["formatting that each paragraph would repeat", "<font size=1><p>x"],
    ["attributes", "<a a=1 b=2 c='"],
    ["ends without beginnings", "</p></b></div>"],
    ["comments that are never closed", "<!--"],
    ["tables in tables", "<table><tr><td>"],
    ["cells", "<table><td>a<td>b"],
    ["spaces", " "],
    ["entities", "&amp;&am"],
    ["fences", "<pre>```"],
    ["styles", "<p style='display"],
  ])("comes to its end with a megabyte of %s", async (_, piece) => {
    const text = await markdownOf(piece.repeat(Math.ceil(1_000_000 / piece.length)));
    expect(text.length).toBeLessThan(20_000_000);
  });

  it("comes to its end with as many ends as beginnings below a deep nest", async () => {
    expect(await markdownOf(`${"<div>".repeat(990)}${"</b></i>".repeat(100_000)}end`)).toBe("end");
  });

  it.each([
    ["a base", `<base href="https://h.example/${"a".repeat(100_000)}/">${"<a href=x>y</a> ".repeat(1000)}`],
    ["a shorter base", `<base href="https://h.example/${"a".repeat(4000)}/">${"<a href=x>y</a> ".repeat(5000)}`],
    [
      "pictures below a base",
      `<base href="https://h.example/${"a".repeat(4000)}/">${"<img src=x alt=y>".repeat(5000)}`,
    ],
    ["quotations", `${"<blockquote>".repeat(8)}<pre>${"a\n".repeat(500_000)}</pre>`],
    ["numbers", `${'<ol start="-1.2345678901234567e-300"><li>'.repeat(8)}${"a<br>".repeat(100_000)}`],
  ])("does not grow to many times its length by %s", async (_, html) => {
    expect((await markdownOf(html)).length).toBeLessThan(7_000_000);
  });

  it("keeps the text of a link whose address is too long", async () => {
    expect(await markdownOf(`<a href="/${"a".repeat(5000)}">owl</a>`)).toBe("owl");
  });

  it.each([
    ["5", "5. owl"],
    ["-2", "-2. owl"],
    ["0", "0. owl"],
    ["1e300", "1. owl"],
    ["99999999999999999999", "1. owl"],
    ["many", "1. owl"],
  ])("numbers a list that starts at %s", async (start, text) => {
    expect(await markdownOf(`<ol start="${start}"><li>owl</ol>`)).toBe(text);
  });
});
