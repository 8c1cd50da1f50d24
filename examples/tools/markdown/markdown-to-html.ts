import { marked } from "marked";

/**
 * Turn Markdown into HTML.
 * @param markdown - The text, in GitHub's flavour of Markdown.
 * @returns The HTML, without head and body.
 */
export async function markdownToHtml(markdown: string): Promise<string> {
  return marked.parse(markdown, { gfm: true });
}
