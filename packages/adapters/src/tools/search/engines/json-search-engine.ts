import { type JsonResultFields, jsonResults } from "../json-results.ts";
import { type SearchEngine, withParameters } from "../search-engine.ts";

/** Options of {@link jsonSearchEngine}. */
export interface JsonSearchEngineOptions {
  /** Its name for people. */
  title: string;
  /** Where it is asked, with parameters that never change. */
  url: string;
  /** Parameter of the query. @default "q" */
  queryParameter?: string;
  /** Parameter of the number of results, where there is one. */
  countParameter?: string;
  /** The most results that it gives at once. @default 50 */
  mostResults?: number;
  /** Headers that never change. They hold no key: see `keyHeader`. */
  headers?: Readonly<Record<string, string>>;
  /** Header that carries the key, where one is wanted. */
  keyHeader?: string;
  /** What stands before the key in that header, such as `"Bearer "`. */
  keyPrefix?: string;
  /** Environment variables that may hold the key. */
  keyVariables?: readonly string[];
  /** Where the results are in the answer. */
  fields: JsonResultFields;
}

/**
 * An engine that is asked by GET and answers with JSON.
 *
 * @example
 * jsonSearchEngine({
 *   title: "SearXNG",
 *   url: "https://searx.example.org/search?format=json",
 *   fields: { list: ["results"], snippet: "content" },
 * });
 */
export function jsonSearchEngine(options: JsonSearchEngineOptions): SearchEngine {
  const { title, url, queryParameter = "q", countParameter, keyHeader, keyPrefix = "" } = options;
  return {
    title,
    url,
    mostResults: options.mostResults ?? 50,
    ...(keyHeader !== undefined && { keyVariables: options.keyVariables ?? [] }),
    request: ({ text, maxResults }, endpoint) => ({
      url: withParameters(endpoint.url, {
        [queryParameter]: text,
        ...(countParameter !== undefined && { [countParameter]: maxResults }),
      }),
      headers: {
        accept: "application/json",
        ...options.headers,
        ...(keyHeader !== undefined && { [keyHeader]: keyPrefix + endpoint.key }),
      },
    }),
    results: (answer) => jsonResults(answer, title, options.fields),
  };
}
