import type { WebAnswer, WebRequest } from "../web/web-request.ts";
import type { SearchResult } from "./search-result.ts";

/** What is searched for. */
export interface SearchQuery {
  text: string;
  /** How many results are wanted. An engine may give more or fewer. */
  maxResults: number;
  /** The year that pages must be of; only engines with `filtersYear` get one. */
  year?: number;
}

/** Where and with what an engine is asked. */
export interface SearchEndpoint {
  url: string;
  /** The key; empty for engines that want none. */
  key: string;
}

/** An engine that `webSearch` can ask. `searchEngines` holds those that are built in. */
export interface SearchEngine {
  /** Its name for people. */
  readonly title: string;
  /** Where it is asked by default. */
  readonly url: string;
  /** It wants a key: the environment variables that may hold it, the first that is set counts. */
  readonly keyVariables?: readonly string[];
  /** It can look for pages of one year. */
  readonly filtersYear?: boolean;
  /** The most results that it gives at once. */
  readonly mostResults: number;
  request(query: SearchQuery, endpoint: SearchEndpoint): WebRequest;
  /**
   * Reads an answer with a status of 2xx.
   *
   * @throws WebToolError when it is not what the engine answers.
   */
  results(answer: WebAnswer, call: { signal: AbortSignal }): SearchResult[] | Promise<SearchResult[]>;
}

/** An address with parameters added. */
export function withParameters(url: string, parameters: Readonly<Record<string, string | number | undefined>>): string {
  const address = new URL(url);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) address.searchParams.set(name, String(value));
  }
  return address.href;
}
