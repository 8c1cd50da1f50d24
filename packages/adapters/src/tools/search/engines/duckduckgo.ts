import { duckDuckGoPage } from "../../html/duckduckgo-page.ts";
import { decodeText } from "../../web/decode-text.ts";
import { WebToolError } from "../../web/web-tool-error.ts";
import type { SearchEngine } from "../search-engine.ts";

const service = "DuckDuckGo";

/** DuckDuckGo's page for browsers without scripts: the one engine that wants no key and knows the whole web. */
export const duckduckgo: SearchEngine = {
  title: service,
  url: "https://html.duckduckgo.com/html/",
  mostResults: 10,
  // As the page's own form does: requests by GET are often answered with a riddle for humans.
  request: ({ text }, { url }) => ({
    url,
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ q: text }).toString(),
  }),
  async results(answer, { signal }) {
    const { results, empty } = await duckDuckGoPage(decodeText(answer.bytes, answer.header("content-type")), signal);
    // The riddle comes with the status 202, which other pages do not have.
    if (empty === "challenge" || (empty === "unknown" && answer.status === 202)) {
      throw new WebToolError(
        `${service} takes this program for a bot and does not answer it for a while. Wait some minutes, or use another ` +
          'engine: "bing" needs no key, "brave", "exa", "serper" and "serpapi" need one.',
        { code: "WEB_RATE_LIMITED", data: { service, status: answer.status } },
      );
    }
    if (empty === "unknown") {
      throw new WebToolError(`${service} answered with a page that holds no results in a form that is known.`, {
        code: "WEB_BAD_ANSWER",
        data: { service, status: answer.status },
      });
    }
    return results;
  },
};
