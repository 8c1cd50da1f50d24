import { rssItems } from "../../html/rss-items.ts";
import { decodeText } from "../../web/decode-text.ts";
import { WebToolError } from "../../web/web-tool-error.ts";
import { type SearchEngine, withParameters } from "../search-engine.ts";

const service = "Bing";

/** Bing's results as RSS. Wants no key. */
export const bing: SearchEngine = {
  title: service,
  url: "https://www.bing.com/search",
  mostResults: 50,
  request: ({ text, maxResults }, { url }) => ({
    url: withParameters(url, { q: text, format: "rss", count: maxResults }),
  }),
  async results(answer, { signal }) {
    const items = await rssItems(decodeText(answer.bytes, answer.header("content-type")), signal);
    if (items) return items;
    throw new WebToolError(`${service} answered with something other than RSS. Try again later.`, {
      code: "WEB_BAD_ANSWER",
      data: { service, status: answer.status },
    });
  },
};
