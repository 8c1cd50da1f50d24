import { estimateTokens } from "../../messages/estimate-tokens.ts";
import { tool } from "../../tool/define-tool.ts";
import type { Tool, ToolDeclaration } from "../../tool/tool.ts";

/** Name of the tool with which a model finds tools. */
export const searchToolName = "search_tools";

/** When tools are found by search instead of being declared one by one. */
export interface ToolSearch {
  /** Most tokens that the declarations of all tools may take, about. Above, the model gets a search tool. @default 16_000 */
  maxTokens?: number;
}

/** Most tools that one search shows. */
const maxMatches = 8;

/** Tells whether the declarations of the tools take more than they may. */
export function needsSearch(declarations: string, { maxTokens = 16_000 }: ToolSearch = {}): boolean {
  return estimateTokens(declarations) > maxTokens;
}

/**
 * A tool that finds tools.
 *
 * @param render - Prints tools as the model reads them.
 * @param onFound - Told of what a search showed.
 */
export function searchTool(
  tools: readonly Tool[],
  render: (tools: readonly ToolDeclaration[]) => string,
  onFound: (tools: readonly Tool[]) => void = () => undefined,
): Tool {
  const index = new ToolIndex(tools);
  return tool({
    name: searchToolName,
    description: `Finds tools by what they do. There are ${tools.length} besides those that are declared here; each can be called once its declaration is known.`,
    input: {
      type: "object",
      properties: {
        query: { type: "string", description: "What the tool shall do, in a few words; or its name." },
        limit: { type: "integer", minimum: 1, maximum: 50, description: "Most tools to show.", default: maxMatches },
      },
      required: ["query"],
      additionalProperties: false,
    },
    output: { type: "string", description: "The declarations of the tools that fit best, best first." },
    annotations: { readOnlyHint: true },
    execute: (input) => {
      const { query, limit = maxMatches } = input as { query: string; limit?: number };
      const found = index.search(query, limit);
      onFound(found);
      if (found.length === 0) return "No tool fits. Use other words, or a more general description.";
      return render(found);
    },
  });
}

/** How much more a word counts in the name of a tool than in its description. */
const nameWeight = 3;
/** The usual constants of BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009). */
const k1 = 1.2;
const b = 0.75;

interface Entry {
  tool: Tool;
  counts: ReadonlyMap<string, number>;
  length: number;
}

/** Ranks tools by the words of a query. */
export class ToolIndex {
  readonly #entries: readonly Entry[];
  readonly #spread = new Map<string, number>();
  readonly #meanLength: number;

  constructor(tools: readonly Tool[]) {
    this.#entries = tools.map(entryOf);
    for (const { counts } of this.#entries) {
      for (const word of counts.keys()) this.#spread.set(word, (this.#spread.get(word) ?? 0) + 1);
    }
    const total = this.#entries.reduce((sum, { length }) => sum + length, 0);
    this.#meanLength = Math.max(1, total / Math.max(1, this.#entries.length));
  }

  /** The tools that share words with the query, best first. */
  search(query: string, limit: number): Tool[] {
    const words = new Set(wordsOf(query));
    const scored = this.#entries.map((entry) => ({ tool: entry.tool, score: this.#score(entry, words) }));
    const fitting = scored.filter(({ score }) => score > 0);
    fitting.sort((one, other) => other.score - one.score || (one.tool.name < other.tool.name ? -1 : 1));
    return fitting.slice(0, limit).map(({ tool }) => tool);
  }

  #score({ counts, length }: Entry, words: ReadonlySet<string>): number {
    let score = 0;
    for (const word of words) {
      const count = counts.get(word);
      if (count === undefined) continue;
      const spread = this.#spread.get(word) ?? 0;
      const rarity = Math.log(1 + (this.#entries.length - spread + 0.5) / (spread + 0.5));
      score += (rarity * count * (k1 + 1)) / (count + k1 * (1 - b + (b * length) / this.#meanLength));
    }
    return score;
  }
}

function entryOf(tool: Tool): Entry {
  const counts = new Map<string, number>();
  const add = (text: string, weight: number): void => {
    for (const word of wordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + weight);
  };
  add(tool.name, nameWeight);
  add(tool.description, 1);
  for (const [name, schema] of Object.entries(tool.inputSchema.properties ?? {})) {
    add(name, 1);
    if (typeof schema === "object") add(schema.description ?? "", 1);
  }
  return { tool, counts, length: [...counts.values()].reduce((sum, count) => sum + count, 0) };
}

/** The words of a text, in the form in which they are compared: `getUserNames` is `get`, `user`, `name`. */
function wordsOf(text: string): string[] {
  const spaced = text.replace(/(\p{Ll}|\d)(\p{Lu})/gu, "$1 $2").toLowerCase();
  const words = spaced.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.map((word) =>
    word.length > 3 && word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word,
  );
}
