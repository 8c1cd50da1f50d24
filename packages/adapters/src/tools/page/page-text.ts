import { shortLine } from "../../shared/provider-message.ts";
import { pageMarkdown } from "../html/page-markdown.ts";
import { decodeText } from "../web/decode-text.ts";
import type { WebAnswer } from "../web/web-request.ts";
import { WebToolError } from "../web/web-tool-error.ts";

/** How a page is read. */
export interface PageReading {
  signal: AbortSignal;
  /** The host, for messages. */
  service: string;
  /** What is over is left out before the conversion, in bytes. */
  maxBytes: number;
}

/** Media types that are text, besides `text/*`. */
const textTypes =
  /^(?:text\/.+|application\/(?:json|xml|javascript|ecmascript|x-javascript|yaml|x-yaml|toml|sql|graphql|x-sh|x-ndjson|ld\+json|.+\+(?:json|xml|yaml)))$/;

/**
 * The text of what a server answered: Markdown of a page, other text as it is.
 *
 * @throws WebToolError `WEB_UNSUPPORTED_TYPE` for anything but text.
 */
export async function pageText(answer: WebAnswer, { signal, service, maxBytes }: PageReading): Promise<string> {
  const contentType = answer.header("content-type");
  const bytes = answer.bytes.subarray(0, maxBytes);
  const type = contentType?.split(";")[0]?.trim().toLowerCase() || sniffedType(bytes);
  const isHtml = type === "text/html" || type === "application/xhtml+xml";
  if (!isHtml && (!textTypes.test(type) || bytes.subarray(0, 1024).includes(0))) {
    throw new WebToolError(
      `${service} answered with ${shortLine(type, 100)}, ${answer.bytes.byteLength} bytes: only pages and texts can be read.`,
      { code: "WEB_UNSUPPORTED_TYPE", data: { service } },
    );
  }
  const text = decodeText(bytes, contentType);
  const notes = bytes.byteLength < answer.bytes.byteLength ? [`only its first ${maxBytes} bytes were read`] : [];
  if (!isHtml) return withNotes(text, notes);
  const { markdown, title, isWhole } = await pageMarkdown(text, answer.url, signal);
  if (!isWhole) notes.push("its elements are nested too deeply to be read to the end");
  // Few pages repeat their title in the text.
  const head = title === "" || /^# /m.test(markdown) ? "" : `# ${title}\n\n`;
  return withNotes(head + markdown, notes);
}

function withNotes(text: string, notes: readonly string[]): string {
  if (notes.length > 0) return `${text}\n\n[This page is not whole: ${notes.join("; ")}.]`;
  return text.trim() === "" ? "[The page holds no text. It may need a browser that runs scripts.]" : text;
}

/** The type of an answer that does not name one. */
function sniffedType(bytes: Uint8Array): string {
  const start = bytes.subarray(0, 512);
  if (start.includes(0)) return "application/octet-stream";
  return /^\s*<(?:!doctype html|html|head|body)/i.test(Buffer.from(start).toString("latin1"))
    ? "text/html"
    : "text/plain";
}
