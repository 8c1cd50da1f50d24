import type { SearchResult } from "../search/search-result.ts";
import type { Attributes } from "./elements.ts";
import { oneLine, parseHtml } from "./parse-html.ts";

/** What DuckDuckGo's page without scripts says. */
export interface DuckDuckGoPage {
  results: SearchResult[];
  /** Why there are no results: it found none, it asks for a human, or the page is of a form that is not known. */
  empty?: "none-found" | "challenge" | "unknown";
}

/**
 * Reads a page of `html.duckduckgo.com/html/` or `lite.duckduckgo.com/lite/`. Advertisements are left out.
 *
 * @param html - The page.
 * @throws The signal's reason when it is aborted.
 */
export async function duckDuckGoPage(html: string, signal: AbortSignal): Promise<DuckDuckGoPage> {
  const reader = new DuckDuckGoReader();
  await parseHtml(
    html,
    {
      onopentag: (name, attributes) => reader.open(name, attributes),
      ontext: (text) => reader.text(text),
      onclosetag: () => reader.close(),
    },
    { signal },
  );
  const results = reader.found.map(({ title, url, snippet }) => ({
    title: oneLine(title.join("")),
    url,
    snippet: oneLine(snippet.join("")),
  }));
  // The page repeats the query, so its marks count only where there are no results.
  return results.length > 0 ? { results } : { results, empty: reader.whyEmpty };
}

/** Classes of a page that found nothing, or nothing but advertisements. */
const noneFound = new Set(["result--no-result", "no-results", "result--ad", "result-sponsored"]);

/** A result while it is read. */
interface FoundResult {
  url: string;
  title: string[];
  snippet: string[];
}

class DuckDuckGoReader {
  readonly found: FoundResult[] = [];
  whyEmpty: NonNullable<DuckDuckGoPage["empty"]> = "unknown";
  #depth = 0;
  /** The depth at which the advertisement began that is being read. */
  #adDepth: number | undefined;
  /** Where text goes, and the depth at which that began. */
  #target: { parts: string[]; depth: number } | undefined;
  /** The result whose title came last; none after an advertisement or a link of DuckDuckGo's own. */
  #last: FoundResult | undefined;

  open(name: string, attributes: Attributes): void {
    this.#depth += 1;
    const classes = (attributes["class"] ?? "").split(/\s+/);
    const has = (...names: string[]): boolean => names.some((name) => classes.includes(name));
    this.#noteWhyEmpty(classes, attributes);
    if (this.#adDepth === undefined && has("result--ad", "result-sponsored")) this.#adDepth = this.#depth;
    if (name === "a" && has("result__a", "result-link")) this.#beginTitle(attributes["href"] ?? "");
    else if (has("result__snippet", "result-snippet")) this.#collect(this.#last?.snippet);
  }

  text(text: string): void {
    this.#target?.parts.push(text);
  }

  close(): void {
    if (this.#target?.depth === this.#depth) this.#target = undefined;
    if (this.#adDepth === this.#depth) this.#adDepth = undefined;
    this.#depth -= 1;
  }

  #beginTitle(href: string): void {
    const url = this.#adDepth === undefined ? targetOf(href) : undefined;
    this.#last = url === undefined ? undefined : { url, title: [], snippet: [] };
    if (!this.#last) return;
    this.found.push(this.#last);
    this.#collect(this.#last.title);
  }

  #collect(parts: string[] | undefined): void {
    if (parts && this.#adDepth === undefined) this.#target = { parts, depth: this.#depth };
  }

  #noteWhyEmpty(classes: readonly string[], { id, action }: Attributes): void {
    const isChallenge =
      id === "challenge-form" ||
      action?.includes("duckduckgo.com/anomaly.js") ||
      classes.some((name) => name.startsWith("anomaly-modal"));
    if (isChallenge) this.whyEmpty = "challenge";
    if (this.whyEmpty === "unknown" && classes.some((name) => noneFound.has(name))) this.whyEmpty = "none-found";
  }
}

/** Where a link leads, behind the page that counts clicks; `undefined` for DuckDuckGo's own pages and advertisements. */
function targetOf(href: string): string | undefined {
  const base = "https://duckduckgo.com/";
  if (!URL.canParse(href, base)) return undefined;
  const link = new URL(href, base);
  const target = isOwn(link) && link.pathname === "/l/" ? (link.searchParams.get("uddg") ?? "") : link.href;
  if (!URL.canParse(target)) return undefined;
  const url = new URL(target);
  return /^https?:$/.test(url.protocol) && !isOwn(url) ? url.href : undefined;
}

function isOwn(url: URL): boolean {
  return url.hostname === "duckduckgo.com" || url.hostname.endsWith(".duckduckgo.com");
}
