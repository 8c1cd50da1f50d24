import { mostItems, type SearchResult } from "../search/search-result.ts";
import { oneLine, parseHtml, textOfHtml } from "./parse-html.ts";

/** The parts of an item that are read, and what they are in a result. */
const parts: Readonly<Record<string, keyof SearchResult>> = { title: "title", link: "url", description: "snippet" };

/**
 * The items of an RSS feed as results of a search, the first 1,000.
 *
 * @param xml - The feed.
 * @returns `undefined` when it is not RSS.
 * @throws The signal's reason when it is aborted.
 */
export async function rssItems(xml: string, signal: AbortSignal): Promise<SearchResult[] | undefined> {
  const items: SearchResult[] = [];
  const path: string[] = [];
  let isRss = false;
  await parseHtml(
    xml,
    {
      onopentag: (name) => {
        isRss ||= name === "rss";
        path.push(name);
        if (name === "item") items.push({ title: "", url: "", snippet: "" });
      },
      ontext: (text) => {
        const item = items.at(-1);
        const part = parts[path.at(-1) ?? ""];
        // The channel and its image have titles and links of their own.
        if (item && part && path.at(-2) === "item") item[part] += text;
      },
      onclosetag: () => {
        path.pop();
      },
    },
    { signal, xml: true },
  );
  if (!isRss) return undefined;
  return Promise.all(
    items.slice(0, mostItems).map(async ({ title, url, snippet }) => ({
      title: await textOfHtml(title),
      url: oneLine(url),
      snippet: await textOfHtml(snippet),
    })),
  );
}
