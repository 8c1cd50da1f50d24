import { errorMessage, isSmoltoolsError, type Tool, toolNameProblem } from "@smoltools/core";
import { PackageError } from "../errors/package-error.ts";
import type { LoadedPackage } from "../load/loaded-package.ts";
import type { LoadOptions } from "../load/load-options.ts";
import { loadPackage } from "../load/load-package.ts";
import type { Collection, CollectionItem } from "./collection.ts";
import { renamedTool } from "./renamed-tool.ts";

/** Options of {@link ToolCollection}. */
export interface CollectionOptions extends LoadOptions {
  /**
   * What stands before the names of an item's tools, for collections in which names occur twice: a text for all of them,
   * or a function of the item. `"owner"` and `"repo"` stand for `owner_` and `name_` of the item.
   */
  prefix?: "owner" | "repo" | ((item: CollectionItem) => string);
  /**
   * Also load Spaces that have no versions, at the head of their branch `main`. The lock file pins the commit.
   *
   * @default false
   */
  unversioned?: boolean;
}

/** An item of a collection that gave no tools. */
export interface SkippedItem extends CollectionItem {
  why: string;
}

/** What says that a repo is no package of tools, or cannot be seen: the others are loaded all the same. */
const noPackage: ReadonlySet<string> = new Set([
  "HUB_FORBIDDEN",
  "HUB_REPO_NOT_FOUND",
  "HUB_REVISION_NOT_FOUND",
  "HUB_UNAUTHORIZED",
  "MANIFEST_MISSING",
  "REF_INVALID",
  "REPO_NOT_PACKAGE",
  "VERSION_NONE",
]);

/**
 * The tools of a collection on a hub.
 *
 * Packages are loaded one after another as the tools are iterated over, in the order of the collection; each goes
 * through the same gate of permissions, and into the same lock file, as if it were loaded by itself. Disposing ends the
 * sandboxes of all of them.
 */
export class ToolCollection implements AsyncIterable<Tool>, AsyncDisposable {
  readonly slug: string;
  readonly title: string;
  readonly items: readonly CollectionItem[];
  /** What has turned out so far to hold no tools, and why. */
  readonly skipped: SkippedItem[] = [];
  readonly #options: CollectionOptions;
  readonly #packages: LoadedPackage[] = [];
  readonly #tools: Tool[] = [];
  /** Repos by the names of their tools. */
  readonly #names = new Map<string, string>();
  #reached = 0;
  #turn: Promise<void> = Promise.resolve();

  constructor({ slug, title, items }: Collection, options: CollectionOptions) {
    this.slug = slug;
    this.title = title;
    this.items = items;
    this.#options = options;
  }

  /**
   * Loads what was not loaded yet.
   *
   * @throws PackageError `TOOL_NAME_CLASH`, and everything that `loadPackage` throws for what is a package.
   */
  async tools(): Promise<Tool[]> {
    const tools: Tool[] = [];
    for await (const tool of this) tools.push(tool);
    return tools;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Tool, void, undefined> {
    for (let index = 0; ; index++) {
      while (index >= this.#tools.length && this.#reached < this.items.length) await this.#loadNext();
      const tool = this.#tools[index];
      if (!tool) return;
      yield tool;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#turn.catch(() => undefined);
    await Promise.all(this.#packages.splice(0).map((loaded) => loaded[Symbol.asyncDispose]()));
  }

  /** Loads the item that is next. Iterations that go on at the same time wait for each other. */
  #loadNext(): Promise<void> {
    this.#turn = this.#loadAfter(this.#turn, this.#reached);
    return this.#turn;
  }

  async #loadAfter(before: Promise<unknown>, index: number): Promise<void> {
    await before.catch(() => undefined);
    const item = this.items[index];
    if (this.#reached !== index || !item) return;
    await this.#load(item);
    this.#reached++;
  }

  async #load(item: CollectionItem): Promise<void> {
    if (item.type !== "space") {
      this.skipped.push({ ...item, why: `a ${item.type} is no package of tools` });
      return;
    }
    let loaded: LoadedPackage;
    try {
      loaded = await this.#loadSpace(item.id);
    } catch (error) {
      if (!isSmoltoolsError(error) || !noPackage.has(error.code)) throw error;
      this.skipped.push({ ...item, why: errorMessage(error) });
      return;
    }
    try {
      this.#take(item, loaded);
      this.#packages.push(loaded);
    } catch (error) {
      await loaded[Symbol.asyncDispose]();
      throw error;
    }
  }

  async #loadSpace(repo: string): Promise<LoadedPackage> {
    // What stands in a collection is the name of a repo: nothing in it may choose a revision, a folder or a tool.
    if (!/^[\w.-]+\/[\w.-]+$/.test(repo)) {
      throw new PackageError(`${JSON.stringify(repo)} is not the name of a repo`, { code: "REF_INVALID" });
    }
    try {
      return await loadPackage(repo, this.#options);
    } catch (error) {
      if (!this.#options.unversioned || !isSmoltoolsError(error, "VERSION_NONE")) throw error;
      return loadPackage(`${repo}@main`, this.#options);
    }
  }

  #take(item: CollectionItem, loaded: LoadedPackage): void {
    const named = loaded.tools.map((tool) => renamedTool(tool, this.#nameOf(item, tool)));
    for (const { name } of named) {
      const other = this.#names.get(name);
      if (other !== undefined) {
        throw new PackageError(
          `${other} and ${item.id} both have a tool "${name}": set prefix, such as prefix: "owner", to tell them apart`,
          { code: "TOOL_NAME_CLASH", data: { name, repos: [other, item.id] } },
        );
      }
    }
    for (const tool of named) this.#names.set(tool.name, item.id);
    this.#tools.push(...named);
  }

  #nameOf(item: CollectionItem, { name }: Tool): string {
    const { prefix } = this.#options;
    if (prefix === undefined) return name;
    const [owner = "", repo = ""] = item.id.split("/");
    const text = typeof prefix === "function" ? prefix(item) : `${asName(prefix === "owner" ? owner : repo)}_`;
    const problem = toolNameProblem(text + name);
    if (problem === undefined) return text + name;
    throw new PackageError(`prefix makes "${text + name}" of the tool "${name}" of ${item.id}, which ${problem}`, {
      code: "TOOL_NAME_CLASH",
      data: { name: text + name, repos: [item.id] },
    });
  }
}

/** The name of an owner or repo in the letters that names of tools have. */
function asName(text: string): string {
  return text.replace(/[^A-Za-z0-9_]/g, "_").replace(/^(?=\d)/, "_");
}
