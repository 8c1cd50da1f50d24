import { type HostFetch, type Tool, tool } from "@smoltools/core";
import { pageText } from "./page/page-text.ts";
import { typedSchema } from "./typed-schema.ts";
import { checkAnswer } from "./web/check-answer.ts";
import { defaultTimeoutMs, defaultUserAgent, OptionChecks, type WebToolOptions } from "./web/check-options.ts";
import { cutText } from "./web/cut-text.ts";
import { withTimeLimit } from "./web/time-limit.ts";
import { webRequest } from "./web/web-request.ts";
import { WebToolError } from "./web/web-tool-error.ts";

/** Options of {@link visitWebpage}. */
export interface VisitWebpageOptions extends WebToolOptions {
  /** Makes the requests and decides which hosts may be reached. */
  fetch: HostFetch;
  /** The most characters to return; what is over is cut, and said so. @default 40_000 */
  maxOutputLength?: number;
  /** The most bytes of a page to convert; what is over is left out, and said so. @default 4 MiB */
  maxBytes?: number;
}

/** Input of `visit_webpage`. */
export interface VisitWebpageInput {
  url: string;
  start?: number;
}

/**
 * A tool that reads a page and returns its text as Markdown.
 *
 * @throws WebToolError `WEB_OPTIONS_INVALID` for an option that cannot work. Its calls throw WebToolErrors too.
 */
export function visitWebpage(options: VisitWebpageOptions): Tool<VisitWebpageInput, string> {
  const { fetch, maxOutputLength = 40_000, maxBytes = 4 * 1024 * 1024, timeoutMs = defaultTimeoutMs } = options;
  const checks = new OptionChecks("visit_webpage");
  checks.fetch(fetch);
  checks.number("maxOutputLength", maxOutputLength, { min: 100 });
  checks.number("maxBytes", maxBytes, { min: 1 });
  checks.number("timeoutMs", timeoutMs, { min: 1 });
  return tool({
    name: "visit_webpage",
    description:
      "Reads the page at an address and returns its text as Markdown, with its links. Long pages are cut: the end of " +
      "the text then says how to read on.",
    input: typedSchema<VisitWebpageInput>({
      type: "object",
      properties: {
        url: { type: "string", description: "Address of the page, with https:// or http://." },
        start: {
          type: "integer",
          description: "Where in the text to begin, in characters, to read on in a long page. 0 when left out.",
          minimum: 0,
        },
      },
      required: ["url"],
      additionalProperties: false,
    }),
    output: typedSchema<string>({ type: "string" }),
    annotations: { title: "Visit web page", readOnlyHint: true, openWorldHint: true },
    execute: async ({ url, start = 0 }, context) => {
      const address = pageAddress(url);
      const service = address.host;
      return withTimeLimit({ service, timeoutMs, signal: context.signal }, async (signal) => {
        const headers = {
          "user-agent": options.userAgent ?? defaultUserAgent,
          accept: "text/html,application/xhtml+xml,text/*;q=0.9,application/json;q=0.9,*/*;q=0.1",
        };
        const answer = await webRequest({ url: address.href, headers }, { fetch, signal, service });
        checkAnswer(answer, { service, maxBytes: Infinity });
        return cutText(await pageText(answer, { signal, service, maxBytes }), start, maxOutputLength);
      });
    },
  });
}

function pageAddress(text: string): URL {
  const refuse = (problem: string): WebToolError =>
    new WebToolError(`${JSON.stringify(text.slice(0, 200))} ${problem}`, {
      code: "WEB_BAD_ADDRESS",
      data: { service: "visit_webpage" },
    });
  if (!URL.canParse(text.trim())) throw refuse("is no address: write it whole, with https://.");
  const url = new URL(text.trim());
  if (!/^https?:$/.test(url.protocol)) throw refuse("is no page of the web: only https: and http: can be visited.");
  if (url.username !== "" || url.password !== "") {
    throw new WebToolError("The address holds a user or password: leave them out.", {
      code: "WEB_BAD_ADDRESS",
      data: { service: url.host },
    });
  }
  url.hash = "";
  return url;
}
