import { type HostFetch, type Tool, tool } from "@smoltools/core";
import { typedSchema } from "./typed-schema.ts";
import { checkAnswer } from "./web/check-answer.ts";
import { defaultTimeoutMs, OptionChecks, type WebToolOptions } from "./web/check-options.ts";
import { cutText } from "./web/cut-text.ts";
import { jsonAnswer } from "./web/json-answer.ts";
import { withTimeLimit } from "./web/time-limit.ts";
import { webRequest } from "./web/web-request.ts";
import { articleQuery, articleText } from "./wikipedia/article.ts";

/** Options of {@link wikipediaSearch}. */
export interface WikipediaSearchOptions extends WebToolOptions {
  /** Makes the requests and decides which hosts may be reached. */
  fetch: HostFetch;
  /** Code of the language, as in the address of its Wikipedia. @default "en" */
  language?: string;
  /** The part before the first heading, or the whole text. @default "text" */
  content?: "summary" | "text";
  /** The most characters to return; what is over is cut, and said so. @default 40_000 */
  maxOutputLength?: number;
  /** Where the wiki's `api.php` is, for another wiki. By default it follows from the language. */
  url?: string;
}

/** Input of `wikipedia_search`. */
export interface WikipediaSearchInput {
  query: string;
  start?: number;
}

const service = "Wikipedia";
/** Largest answer, in bytes: the longest articles have about one million characters. */
const maxBytes = 8 * 1024 * 1024;
/** What Wikimedia's policy asks for: a name, and where to learn more. Name yourself with `userAgent`. */
const wikiUserAgent = "smoltools (https://www.npmjs.com/package/smoltools)";

/**
 * A tool that looks an article of Wikipedia up. For a title that does not exist it names articles that may be meant.
 *
 * Source: https://www.mediawiki.org/wiki/API:Query and https://www.mediawiki.org/wiki/Extension:TextExtracts.
 *
 * @throws WebToolError `WEB_OPTIONS_INVALID` for an option that cannot work. Its calls throw WebToolErrors too.
 */
export function wikipediaSearch(options: WikipediaSearchOptions): Tool<WikipediaSearchInput, string> {
  const { fetch, language = "en", content = "text", maxOutputLength = 40_000, timeoutMs = defaultTimeoutMs } = options;
  const checks = new OptionChecks("wikipedia_search");
  checks.fetch(fetch);
  checks.number("maxOutputLength", maxOutputLength, { min: 100 });
  checks.number("timeoutMs", timeoutMs, { min: 1 });
  // It becomes part of a host's name.
  if (!/^[a-z]{2,12}(?:-[a-z]{2,12}){0,2}$/.test(language)) {
    throw checks.invalid("language", `"${language}" is not a language code, such as "en"`);
  }
  if (content !== "summary" && content !== "text") throw checks.invalid("content", 'content is "summary" or "text"');
  const url = options.url ?? `https://${language}.wikipedia.org/w/api.php`;
  checks.address("url", url);
  return tool({
    name: "wikipedia_search",
    description:
      `Returns ${content === "summary" ? "the summary" : "the text"} of the Wikipedia article with a title. ` +
      "When there is none, it returns the titles of articles that may be meant.",
    input: typedSchema<WikipediaSearchInput>({
      type: "object",
      properties: {
        query: { type: "string", description: "Title of the article, or words to find it by." },
        start: {
          type: "integer",
          description: "Where in the text to begin, in characters, to read on in a long one. 0 when left out.",
          minimum: 0,
        },
      },
      required: ["query"],
      additionalProperties: false,
    }),
    output: typedSchema<string>({ type: "string" }),
    annotations: { title: "Wikipedia", readOnlyHint: true, openWorldHint: true },
    execute: ({ query, start = 0 }, context) =>
      withTimeLimit({ service, timeoutMs, signal: context.signal }, async (signal) => {
        const headers = { "user-agent": options.userAgent ?? wikiUserAgent, accept: "application/json" };
        const request = { url: articleQuery(url, query, content), headers };
        const answer = await webRequest(request, { fetch, signal, service });
        checkAnswer(answer, { service, maxBytes });
        return cutText(await articleText(jsonAnswer(answer, service), query), start, maxOutputLength);
      }),
  });
}
