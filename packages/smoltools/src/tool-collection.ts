import type { McpOptions, McpServer, McpTools } from "@smoltools/adapters/mcp";
import type { Tool } from "@smoltools/core";
import type { CollectionItem, CollectionOptions, SkippedItem, ToolCollection as HubCollection } from "@smoltools/hub";
import type { HubLoadOptions } from "./hub/hub-defaults.ts";

/** Options of {@link ToolCollection.fromHub}. */
export type CollectionLoadOptions = HubLoadOptions & Pick<CollectionOptions, "prefix" | "unversioned">;

/** Options of {@link ToolCollection.fromMcp}. */
export interface McpLoadOptions extends McpOptions {
  /** Path of a lock file. */
  lockFile?: string;
}

/** Several tools that belong together. They are loaded as they are iterated over; disposing ends all of them. */
export class ToolCollection implements AsyncIterable<Tool>, AsyncDisposable {
  readonly #source: HubCollection;

  private constructor(source: HubCollection) {
    this.#source = source;
  }

  /**
   * Reads a collection of the Hugging Face Hub, or of another hub. See `ToolCollection` of `@smoltools/hub`.
   *
   * @param slug - As its address has it, behind `/collections/`.
   */
  static async fromHub(slug: string, options: CollectionLoadOptions = {}): Promise<ToolCollection> {
    const [hub, { hubDefaults }] = await Promise.all([import("@smoltools/hub"), import("./hub/hub-defaults.ts")]);
    const filled = { ...options, ...hubDefaults(options) };
    const collection = await hub.fetchCollection(new hub.HubClient(filled), slug, filled);
    return new ToolCollection(new hub.ToolCollection(collection, filled));
  }

  /**
   * Starts or reaches MCP servers, and gives their tools. See `toolsFromMcp` of `@smoltools/adapters/mcp`; the package
   * `@modelcontextprotocol/client` has to be installed, or `@modelcontextprotocol/sdk`.
   *
   * @param options - With a `lockFile`, what the tools declare is kept there, and a server that changes it is refused.
   */
  static async fromMcp(servers: McpServer | readonly McpServer[], options: McpLoadOptions = {}): Promise<McpTools> {
    const { lockFile, ...rest } = options;
    const { toolsFromMcp } = await import("@smoltools/adapters/mcp");
    if (lockFile === undefined) return toolsFromMcp(servers, rest);
    const { lockedTools } = await import("@smoltools/hub");
    return toolsFromMcp(servers, { pins: lockedTools(lockFile), ...rest });
  }

  get title(): string {
    return this.#source.title;
  }

  /** Everything that is in the collection. */
  get items(): readonly CollectionItem[] {
    return this.#source.items;
  }

  /** What has turned out so far to hold no tools, and why. */
  get skipped(): readonly SkippedItem[] {
    return this.#source.skipped;
  }

  /** Loads what was not loaded yet. */
  tools(): Promise<Tool[]> {
    return this.#source.tools();
  }

  [Symbol.asyncIterator](): AsyncIterator<Tool> {
    return this.#source[Symbol.asyncIterator]();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#source[Symbol.asyncDispose]();
  }
}
