import { jsonResults } from "../json-results.ts";
import { type SearchEngine, withParameters } from "../search-engine.ts";

/** Brave's API. Source: https://api-dashboard.search.brave.com/app/documentation/web-search/query. */
export const brave: SearchEngine = {
  title: "Brave",
  url: "https://api.search.brave.com/res/v1/web/search",
  keyVariables: ["BRAVE_API_KEY", "BRAVE_SEARCH_API_KEY"],
  mostResults: 20,
  request: ({ text, maxResults }, { url, key }) => ({
    url: withParameters(url, { q: text, count: maxResults, text_decorations: "false" }),
    headers: { accept: "application/json", "x-subscription-token": key },
  }),
  results: (answer) => jsonResults(answer, "Brave", { list: ["web", "results"], snippet: "description" }),
};
