import { PageWriter } from "./page-writer.ts";
import { oneLine, parseHtml } from "./parse-html.ts";

/** A page as Markdown. */
export interface PageMarkdown {
  markdown: string;
  /** What stands in its `<title>`. */
  title: string;
  /** False when the page was left before its end, because its elements are nested too deeply. */
  isWhole: boolean;
}

/**
 * Turns a page into Markdown: its text, headings, lists, tables, code and links, without the code, controls and
 * navigation around them.
 *
 * Text is not escaped: it is read and not rendered, and names with underscores would become other names.
 *
 * @param html - The page.
 * @param url - Where it is; links become absolute.
 * @throws The signal's reason when it is aborted.
 */
export async function pageMarkdown(html: string, url: string, signal: AbortSignal): Promise<PageMarkdown> {
  const writer = new PageWriter(url);
  const isWhole = await parseHtml(
    html,
    {
      onopentag: (name, attributes) => writer.open(name, attributes),
      ontext: (text) => writer.text(text),
      onclosetag: (name) => writer.close(name),
    },
    { signal },
  );
  return { markdown: writer.markdown(), title: oneLine(writer.title), isWhole };
}
