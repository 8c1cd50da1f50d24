import { type MediaRef, type Tool, type ToolSource, ToolSourceError } from "@smoltools/core";
import { AdapterError } from "../../shared/adapter-error.ts";
import { getServerPrompt, listPrompts, type McpPrompt, type McpPromptText } from "./mcp-prompts.ts";
import { listResources, type McpResource, readServerResource } from "./mcp-resources.ts";
import type { ServerLink } from "./server-link.ts";

/** Options of requests of {@link McpTools}. */
export interface McpRequestOptions {
  /** Name of the server, where there are several. */
  server?: string;
  signal?: AbortSignal;
}

/** The tools of one or several MCP servers, and what else the servers have. See `toolsFromMcp`. */
export class McpTools implements ToolSource {
  readonly #links: readonly ServerLink[];

  /** @internal */
  constructor(links: readonly ServerLink[]) {
    this.#links = links;
  }

  /** @internal */
  async start(): Promise<void> {
    await this.tools();
    for (const link of this.#links) link.keepListing();
  }

  /** The names of the servers. */
  get servers(): readonly string[] {
    return this.#links.map((link) => link.identity.name);
  }

  /** What the servers call themselves, in the same order; empty texts where one does not say. */
  get serverInfo(): readonly { name: string; version: string }[] {
    return this.#links.map((link) => link.serverInfo);
  }

  /** Why tools that the servers have are not among those that they gave: an error for each. */
  get refused(): readonly ToolSourceError[] {
    return this.#links.flatMap((link) => link.refused);
  }

  /**
   * What the servers offer now. A tool that is declared as before is the same object as before; one that is not, or is
   * gone, refuses its calls with `SOURCE_TOOLS_CHANGED`.
   *
   * @throws ToolSourceError `SOURCE_TOOL_INVALID` when tools of two servers have one name, and everything that
   *   `toolsFromMcp` throws.
   */
  async tools(): Promise<Tool[]> {
    const lists = await Promise.all(this.#links.map((link) => link.tools()));
    const owners = new Map<string, string>();
    for (const [index, tools] of lists.entries()) {
      const server = this.#links[index]?.identity.name ?? "";
      for (const { name } of tools) {
        const other = owners.get(name);
        if (other !== undefined) throw clash(name, other, server);
        owners.set(name, server);
      }
    }
    return lists.flat();
  }

  /** The resources of the servers, and their templates. */
  async resources(options: McpRequestOptions = {}): Promise<McpResource[]> {
    const lists = await Promise.all(this.#named(options).map((link) => listResources(link, options.signal)));
    return lists.flat();
  }

  /**
   * What a resource holds, read from its server: media, each with its text before it where it is one.
   *
   * @param uri - As `resources()` gives it, or a template that was filled in.
   */
  readResource(uri: string, options: McpRequestOptions = {}): Promise<(string | MediaRef)[]> {
    return readServerResource(this.#only(options), uri, options.signal);
  }

  /** The prompts of the servers. */
  async prompts(options: McpRequestOptions = {}): Promise<McpPrompt[]> {
    const lists = await Promise.all(this.#named(options).map((link) => listPrompts(link, options.signal)));
    return lists.flat();
  }

  /** A prompt, filled in by its server. */
  getPrompt(
    name: string,
    args: Readonly<Record<string, string>> = {},
    options: McpRequestOptions = {},
  ): Promise<McpPromptText> {
    return getServerPrompt(this.#only(options), name, args, options.signal);
  }

  /** Ends the connections, and the processes with all that they have started. Calls that are open are ended. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#links.map((link) => link[Symbol.asyncDispose]()));
  }

  #named({ server }: McpRequestOptions): readonly ServerLink[] {
    return server === undefined ? this.#links : [this.#only({ server })];
  }

  #only({ server }: McpRequestOptions): ServerLink {
    const fitting = this.#links.filter(({ identity }) => server === undefined || identity.name === server);
    const [link] = fitting;
    if (link && fitting.length === 1) return link;
    throw new AdapterError(`Say which server is meant, with the option server: ${this.servers.join(", ")}`, {
      code: "ADAPTER_OPTIONS_INVALID",
    });
  }
}

function clash(name: string, one: string, other: string): ToolSourceError {
  return new ToolSourceError(
    `${one} and ${other} both have a tool ${name}: give one of the servers a prefix, such as { prefix: "other_" }`,
    { code: "SOURCE_TOOL_INVALID", data: { source: other, tools: [name] } },
  );
}
