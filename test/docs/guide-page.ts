/** A fenced block of a page. */
export interface Block {
  /** The word behind the backticks, such as `"ts"`. */
  readonly language: string;
  /** The words behind it. */
  readonly flags: readonly string[];
  readonly text: string;
  /** Line of the page on which the block's text begins, from 1. */
  readonly line: number;
}

/** TypeScript that a page shows. */
export interface Snippet {
  /** File name of the page, such as `"memory.md"`. */
  readonly page: string;
  readonly line: number;
  readonly text: string;
  /** What it must print; `undefined` for a snippet that is only type-checked. */
  readonly output: string | undefined;
}

/**
 * The fenced blocks of a page, in order.
 *
 * @throws for a block that has no end.
 */
export function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  let open: { info: string; line: number; lines: string[] } | undefined;
  for (const [index, line] of markdown.split("\n").entries()) {
    const fence = /^```(.*)$/.exec(line);
    if (open && fence?.[1] === "") {
      const [language = "", ...flags] = open.info.trim().split(/\s+/);
      blocks.push({ language, flags, text: open.lines.map((each) => `${each}\n`).join(""), line: open.line });
      open = undefined;
    } else if (open) open.lines.push(line);
    else if (fence) open = { info: fence[1] ?? "", line: index + 2, lines: [] };
  }
  if (open) throw new Error(`The block on line ${open.line} has no end`);
  return blocks;
}

/**
 * The TypeScript of a page. A block marked `ts run` is run, and must print the `text` block that comes next, or nothing
 * where another block comes next.
 */
export function snippetsOf(page: string, blocks: readonly Block[]): Snippet[] {
  return blocks.flatMap(({ language, flags, text, line }, index): Snippet[] => {
    if (language !== "ts") return [];
    const next = blocks[index + 1];
    const printed = next?.language === "text" ? next.text : "";
    return [{ page, line, text, output: flags.includes("run") ? printed : undefined }];
  });
}
