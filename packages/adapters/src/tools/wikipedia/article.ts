import { fieldOf, isRecord, textField } from "../../shared/json-access.ts";
import { shortLine } from "../../shared/provider-message.ts";
import { textOfHtml } from "../html/parse-html.ts";
import { withParameters } from "../search/search-engine.ts";
import { WebToolError } from "../web/web-tool-error.ts";

const service = "Wikipedia";
/** How many articles are named that may be meant. */
const suggestions = 5;

/**
 * The address that answers with an article, and at the same time with articles that may be meant.
 *
 * @param url - Where the wiki's `api.php` is.
 * @throws WebToolError `WEB_BAD_INPUT` for an empty query.
 */
export function articleQuery(url: string, query: string, content: "summary" | "text"): string {
  // No title is longer, and no search may be longer than 300 characters.
  const text = query.replace(/\s+/g, " ").trim().slice(0, 255);
  if (text === "") throw new WebToolError("The query is empty.", { code: "WEB_BAD_INPUT", data: { service } });
  return withParameters(url, {
    action: "query",
    format: "json",
    formatversion: 2,
    redirects: 1,
    prop: "extracts|info|pageprops",
    inprop: "url",
    ppprop: "disambiguation",
    explaintext: 1,
    exintro: content === "summary" ? 1 : undefined,
    // With these characters it is no title: the API would read "C#" as "C".
    titles: /[#<>[\]{}|]/.test(text) ? undefined : text,
    list: "search",
    srsearch: text,
    srlimit: suggestions,
    srprop: "snippet",
  });
}

/**
 * The text of an article, or the titles of those that may be meant.
 *
 * @param answer - What the API answered.
 * @throws WebToolError `WEB_NO_RESULTS` when nothing is like the query, `WEB_BAD_ANSWER` and `WEB_RATE_LIMITED` for
 *   what the API says is wrong.
 */
export async function articleText(answer: Record<string, unknown>, query: string): Promise<string> {
  throwFailure(fieldOf(answer, "error"));
  const result = fieldOf(answer, "query");
  const [page] = listField(result, "pages");
  const similar = await similarArticles(listField(result, "search"));
  const text = textField(page, "extract")?.trim() ?? "";
  if (text !== "") {
    const source = textField(page, "fullurl");
    const parts = [`# ${textField(page, "title") ?? query}`, headings(text)];
    // A list of meanings alone leads nowhere: the text has no links.
    if (isRecord(fieldOf(page, "pageprops")))
      parts.push(`The title has several meanings. Articles:`, similar.join("\n"));
    if (source !== undefined) parts.push(`Source: ${source}`);
    return parts.join("\n\n");
  }
  if (similar.length === 0) {
    throw new WebToolError(`Wikipedia has nothing like ${JSON.stringify(shortLine(query, 100))}. Use other words.`, {
      code: "WEB_NO_RESULTS",
      data: { service },
    });
  }
  const missing = `Wikipedia has no article with the title ${JSON.stringify(shortLine(query, 100))}.`;
  return `${missing} Call again with one of these titles:\n\n${similar.join("\n")}`;
}

async function similarArticles(hits: readonly unknown[]): Promise<string[]> {
  const lines = hits.slice(0, suggestions).map(async (hit) => {
    const title = textField(hit, "title");
    return title === undefined ? [] : [`- ${title}: ${await textOfHtml(textField(hit, "snippet") ?? "")}`];
  });
  return (await Promise.all(lines)).flat();
}

function listField(value: unknown, name: string): unknown[] {
  const list = fieldOf(value, name);
  return Array.isArray(list) ? list : [];
}

/** Headings of wikis, `== Like this ==`, as Markdown. */
function headings(text: string): string {
  return text.replace(/^(={2,6}) (.+?) ={2,6}$/gm, (_, level: string, title: string) => {
    return `${"#".repeat(level.length)} ${title}`;
  });
}

function throwFailure(error: unknown): void {
  if (!isRecord(error)) return;
  const code = textField(error, "code") ?? "";
  const said = shortLine(textField(error, "info") ?? code);
  const isBusy = ["ratelimited", "maxlag", "readonly"].includes(code);
  throw new WebToolError(`Wikipedia answered: ${said}${isBusy ? " Try again later." : ""}`, {
    code: isBusy ? "WEB_RATE_LIMITED" : "WEB_BAD_ANSWER",
    data: { service },
  });
}
