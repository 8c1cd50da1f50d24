import { bing } from "./engines/bing.ts";
import { brave } from "./engines/brave.ts";
import { duckduckgo } from "./engines/duckduckgo.ts";
import { exa } from "./engines/exa.ts";
import { serpapi } from "./engines/serpapi.ts";
import { serper } from "./engines/serper.ts";
import type { SearchEngine } from "./search-engine.ts";

/** Names of the engines that are built in. */
export type SearchEngineName = "duckduckgo" | "bing" | "brave" | "exa" | "serper" | "serpapi";

/** The engines that are built in. DuckDuckGo and Bing want no key. */
export const searchEngines: Readonly<Record<SearchEngineName, SearchEngine>> = {
  duckduckgo,
  bing,
  brave,
  exa,
  serper,
  serpapi,
};
