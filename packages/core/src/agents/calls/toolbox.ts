import { withShortResult } from "../../tool/declarations/short-result.ts";
import type { Tool, ToolDeclaration } from "../../tool/tool.ts";
import { needsSearch, searchTool, searchToolName, type ToolSearch } from "./tool-search.ts";
import { finalAnswerName } from "./wanted-calls.ts";

/** What the model of an agent can call, and what of it the model is told from the beginning. */
export class Toolbox {
  /** All that can be called, but for the final answer. */
  readonly callable: readonly Tool[];
  /** The caller's own tool for the final answer. */
  readonly finalAnswer: Tool | undefined;
  /** What the prompts declare. */
  readonly shown: readonly Tool[];
  /** Declarations of what is shown. */
  readonly declarations: string;
  readonly #byName: ReadonlyMap<string, Tool>;

  /**
   * @param tools - The agent's tools.
   * @param team - The managed agents, which are always shown.
   * @param print - Prints declarations. Long types of results are shortened before.
   * @param onFound - Told of the tools that a search showed.
   */
  constructor(
    tools: readonly Tool[],
    team: readonly Tool[],
    print: (tools: readonly ToolDeclaration[]) => string,
    search: ToolSearch | undefined,
    onFound?: (tools: readonly Tool[]) => void,
  ) {
    this.finalAnswer = tools.find(({ name }) => name === finalAnswerName);
    const own = tools.filter((tool) => tool !== this.finalAnswer);
    const declare = (some: readonly ToolDeclaration[]): string => print(some.map(withShortResult));
    const all = declare([...own, ...team]);
    const isTaken = [...own, ...team].some(({ name }) => name === searchToolName);
    const isSearched = needsSearch(all, search) && !isTaken;
    if (isSearched) {
      const finder = searchTool(own, declare, onFound);
      this.shown = [finder, ...team];
      this.callable = [...own, ...this.shown];
      this.declarations = declare(this.shown);
    } else {
      this.shown = this.callable = [...own, ...team];
      this.declarations = all;
    }
    this.#byName = new Map(this.callable.map((tool) => [tool.name, tool]));
  }

  get(name: string): Tool | undefined {
    return this.#byName.get(name);
  }

  /** What can be called and is named in a text. */
  namedIn(text: string): Tool[] {
    const words = new Set(text.match(/\w+/g));
    return this.callable.filter(({ name }) => words.has(name));
  }
}
