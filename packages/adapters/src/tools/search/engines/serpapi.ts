import { jsonResults } from "../json-results.ts";
import { type SearchEngine, withParameters } from "../search-engine.ts";
import { googleYear } from "./google-year.ts";

/** Google's results through serpapi.com. Source: https://serpapi.com/search-api. */
export const serpapi: SearchEngine = {
  title: "SerpApi",
  url: "https://serpapi.com/search.json",
  keyVariables: ["SERPAPI_API_KEY"],
  mostResults: 100,
  filtersYear: true,
  request: ({ text, maxResults, year }, { url, key }) => ({
    url: withParameters(url, { engine: "google", q: text, num: maxResults, tbs: googleYear(year), api_key: key }),
  }),
  // A search that found nothing has the status 200, an error message and no list.
  results: (answer) => jsonResults(answer, "SerpApi", { list: ["organic_results"], url: "link" }),
};
