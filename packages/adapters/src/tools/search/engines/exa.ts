import { jsonResults } from "../json-results.ts";
import type { SearchEngine } from "../search-engine.ts";

/** Exa's API: the snippets are the pieces of a page that fit the query. Source: https://docs.exa.ai/reference/search. */
export const exa: SearchEngine = {
  title: "Exa",
  url: "https://api.exa.ai/search",
  keyVariables: ["EXA_API_KEY"],
  mostResults: 100,
  filtersYear: true,
  request: ({ text, maxResults, year }, { url, key }) => ({
    url,
    headers: { "content-type": "application/json", "x-api-key": key },
    body: JSON.stringify({
      query: text,
      type: "auto",
      numResults: maxResults,
      contents: { highlights: true },
      ...(year !== undefined && {
        startPublishedDate: `${year}-01-01T00:00:00.000Z`,
        endPublishedDate: `${year}-12-31T23:59:59.999Z`,
      }),
    }),
  }),
  results: (answer) => jsonResults(answer, "Exa", { list: ["results"], snippet: "highlights" }),
};
