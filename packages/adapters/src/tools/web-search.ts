import { type HostFetch, type JsonSchemaObject, type Tool, tool } from "@smoltools/core";
import { RequestPacer } from "../shared/async/request-pacer.ts";
import { untilAborted } from "../shared/async/until-aborted.ts";
import type { SearchEngine, SearchQuery } from "./search/search-engine.ts";
import { searchEngines, type SearchEngineName } from "./search/search-engines.ts";
import type { SearchResult } from "./search/search-result.ts";
import { typedSchema } from "./typed-schema.ts";
import { type ApiKey, apiKeyOf } from "./web/api-key.ts";
import { checkAnswer } from "./web/check-answer.ts";
import { defaultTimeoutMs, defaultUserAgent, OptionChecks, type WebToolOptions } from "./web/check-options.ts";
import { withTimeLimit } from "./web/time-limit.ts";
import { webRequest } from "./web/web-request.ts";
import { WebToolError } from "./web/web-tool-error.ts";

/** Options of {@link webSearch}. */
export interface WebSearchOptions extends WebToolOptions {
  /** Makes the requests and decides which hosts may be reached. */
  fetch: HostFetch;
  /** @default "duckduckgo" */
  engine?: SearchEngineName | SearchEngine;
  /** The most results of a search. Engines give no more than a page of theirs. @default 10, or what the engine gives */
  maxResults?: number;
  /** Searches that may start in a second; further ones wait. @default 1 */
  requestsPerSecond?: number;
  /** The engine's key. By default it is read from the environment, at each search. */
  apiKey?: ApiKey;
  /** Another address of the engine. It gets no key of the environment. */
  url?: string;
}

/** Input of `web_search`. */
export interface WebSearchInput {
  query: string;
  filter_year?: number;
}

/** Largest answer of an engine, in bytes: a page of results has some ten thousand. */
const maxBytes = 2 * 1024 * 1024;
/** Longest address, in characters. */
const maxAddressLength = 4096;
/** Longest snippet, in characters. */
const maxSnippetLength = 1_000;

/**
 * A tool that searches the web.
 *
 * It returns a list of pages and not a text with them, so that code can take the addresses and go on.
 *
 * @throws WebToolError `WEB_OPTIONS_INVALID` for an option that cannot work. Its calls throw WebToolErrors too; finding
 *   nothing is one of them, `WEB_NO_RESULTS`, so that a model does not go on with an empty list.
 */
export function webSearch(options: WebSearchOptions): Tool<WebSearchInput, SearchResult[]> {
  const { fetch, requestsPerSecond = 1, timeoutMs = defaultTimeoutMs } = options;
  const engine = checkedEngine(options);
  const maxResults = options.maxResults ?? Math.min(10, engine.mostResults);
  const { title: service, url: ownUrl, keyVariables, filtersYear = false } = engine;
  const url = options.url ?? ownUrl;
  const pacer = new RequestPacer(requestsPerSecond * 60);
  const ask = async (query: SearchQuery, key: string, signal: AbortSignal): Promise<SearchResult[]> => {
    const secrets = key === "" ? [] : [key];
    const request = engine.request(query, { url, key });
    const headers = { "user-agent": options.userAgent ?? defaultUserAgent, ...request.headers };
    const answer = await webRequest({ ...request, headers }, { fetch, signal, service, secrets });
    checkAnswer(answer, { service, maxBytes, secrets });
    return usable(await engine.results(answer, { signal })).slice(0, maxResults);
  };
  return tool({
    name: "web_search",
    description:
      "Searches the web and returns the pages that fit best, with title, address and a piece of their text. " +
      "Read a page with another tool when the piece is not enough.",
    input: typedSchema<WebSearchInput>(inputSchema(filtersYear)),
    output: typedSchema<SearchResult[]>(outputSchema),
    annotations: { title: `Web search (${service})`, readOnlyHint: true, openWorldHint: true },
    execute: async ({ query, filter_year: year }, context) => {
      const text = query.trim();
      if (text === "") throw new WebToolError("The query is empty.", { code: "WEB_BAD_INPUT", data: { service } });
      const caller = context.signal ?? new AbortController().signal;
      const source = { service, apiKey: options.apiKey, environment: keyVariables ?? [], url, ownUrl };
      const key = keyVariables ? await untilAborted(apiKeyOf(source), caller) : "";
      // The wait for a turn is not the engine's time.
      await pacer.turn(caller);
      const results = await withTimeLimit({ service, timeoutMs, signal: caller }, (signal) =>
        ask({ text, maxResults, ...(year !== undefined && { year }) }, key, signal),
      );
      if (results.length > 0) return results;
      const advice = year === undefined ? "with fewer or other words" : "without filter_year, or with other words";
      throw new WebToolError(`${service} found nothing for ${JSON.stringify(text)}. Search ${advice}.`, {
        code: "WEB_NO_RESULTS",
        data: { service },
      });
    },
  });
}

function checkedEngine(options: WebSearchOptions): SearchEngine {
  const { engine = "duckduckgo", maxResults = 1, requestsPerSecond = 1, timeoutMs = defaultTimeoutMs } = options;
  const checks = new OptionChecks("web_search");
  checks.fetch(options.fetch);
  checks.number("maxResults", maxResults, { min: 1, max: 100 });
  checks.number("requestsPerSecond", requestsPerSecond, { min: 0.001, max: 1000, integer: false });
  checks.number("timeoutMs", timeoutMs, { min: 1 });
  if (typeof engine === "string" && !Object.hasOwn(searchEngines, engine)) {
    throw checks.invalid("engine", `there is no engine "${engine}": the engines are ${names()}`);
  }
  const found = typeof engine === "string" ? searchEngines[engine] : engine;
  checks.address("url", options.url ?? found.url);
  if (maxResults > found.mostResults) {
    throw checks.invalid("maxResults", `${found.title} gives ${found.mostResults} results at most, not ${maxResults}`);
  }
  return found;
}

function names(): string {
  return Object.keys(searchEngines).join(", ");
}

/** Leaves out what cannot be visited, and what was there before. Addresses are written as they are visited. */
function usable(results: readonly SearchResult[]): SearchResult[] {
  const seen = new Set<string>();
  return results.flatMap(({ title, url, snippet }) => {
    const address = /^https?:\/\//i.test(url) && URL.canParse(url) ? new URL(url).href : "";
    if (address === "" || address.length > maxAddressLength || seen.has(address)) return [];
    seen.add(address);
    return [{ title: title || address, url: address, snippet: snippet.slice(0, maxSnippetLength) }];
  });
}

function inputSchema(filtersYear: boolean): JsonSchemaObject {
  return {
    type: "object",
    properties: {
      query: { type: "string", description: "What to search for." },
      ...(filtersYear && {
        filter_year: {
          type: "integer",
          description: "Only pages of this year.",
          minimum: 1970,
          maximum: 2100,
        },
      }),
    },
    required: ["query"],
    additionalProperties: false,
  };
}

const outputSchema: JsonSchemaObject = {
  type: "array",
  items: {
    type: "object",
    properties: {
      title: { type: "string" },
      url: { type: "string" },
      snippet: { type: "string", description: "A piece of the page's text; empty when there is none." },
    },
    required: ["title", "url", "snippet"],
  },
};
