import { setImmediate } from "node:timers/promises";
import type { Handler } from "htmlparser2";

/** How a text is parsed. */
export interface ParseOptions {
  signal: AbortSignal;
  /** The text is XML. */
  xml?: boolean;
}

/** How much is parsed at once, in characters. */
const chunkLength = 16 * 1024;
/** How long the program's other work waits, in milliseconds. */
const sliceMs = 10;
/** Deeper elements end the parsing: no page needs them, and each one makes all that follow slower. */
const maxDepth = 1_000;

/**
 * Reads HTML or XML from its beginning to its end and tells of what is there, without building a tree.
 *
 * A page can be written so that a tree of it takes gigabytes, or minutes to build. Here time and memory grow with the
 * length of the text alone, and the program's other work goes on meanwhile.
 *
 * @param text - The text, of any kind.
 * @param handler - What is told.
 * @returns False when the text was left before its end, because its elements are nested too deeply.
 * @throws The signal's reason when it is aborted.
 */
export async function parseHtml(text: string, handler: Partial<Handler>, options: ParseOptions): Promise<boolean> {
  // Loaded by the first page: tools are often made and not called.
  const { Parser } = await import("htmlparser2");
  let depth = 0;
  const parser = new Parser(
    {
      ...handler,
      onopentag(name, attributes, isImplied) {
        depth += 1;
        handler.onopentag?.(name, attributes, isImplied);
      },
      onclosetag(name, isImplied) {
        depth -= 1;
        handler.onclosetag?.(name, isImplied);
      },
    },
    { xmlMode: options.xml ?? false },
  );
  const isTooDeep = (): boolean => depth > maxDepth;
  let pausedAt = performance.now();
  for (let at = 0; at < text.length && !isTooDeep(); at += chunkLength) {
    parser.write(text.slice(at, at + chunkLength));
    if (performance.now() - pausedAt < sliceMs) continue;
    await setImmediate();
    options.signal.throwIfAborted();
    pausedAt = performance.now();
  }
  const isWhole = !isTooDeep();
  parser.end();
  return isWhole;
}

/**
 * The text of a piece of HTML: without tags, entities decoded, on one line.
 *
 * @param html - A short piece, such as a title with `<b>` in it.
 */
export async function textOfHtml(html: string): Promise<string> {
  const { Parser } = await import("htmlparser2");
  const parts: string[] = [];
  const parser = new Parser({ ontext: (text) => parts.push(text) });
  parser.end(html.slice(0, chunkLength));
  return oneLine(parts.join(""));
}

/** A text on one line. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
