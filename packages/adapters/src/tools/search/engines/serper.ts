import { jsonResults } from "../json-results.ts";
import type { SearchEngine } from "../search-engine.ts";
import { googleYear } from "./google-year.ts";

/** Google's results through serper.dev. */
export const serper: SearchEngine = {
  title: "Serper",
  url: "https://google.serper.dev/search",
  keyVariables: ["SERPER_API_KEY"],
  mostResults: 100,
  filtersYear: true,
  request: ({ text, maxResults, year }, { url, key }) => ({
    url,
    headers: { "content-type": "application/json", "x-api-key": key },
    body: JSON.stringify({ q: text, num: maxResults, tbs: googleYear(year) }),
  }),
  results: (answer) => jsonResults(answer, "Serper", { list: ["organic"], url: "link" }),
};
