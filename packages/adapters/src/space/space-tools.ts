import { type JsonSchema, type ObjectSchema, type Tool, tool as makeTool, type ToolSource } from "@smoltools/core";
import { AdapterError } from "../shared/adapter-error.ts";
import { declaredAnnotations } from "../shared/tools/declared-annotations.ts";
import { type SourceToolsOptions, usableTools } from "../shared/tools/usable-tools.ts";
import type { SpaceApi, SpaceEndpoint } from "./api/space-api.ts";
import type { SpaceLink } from "./space-link.ts";
import type { SpaceOptions } from "./space-options.ts";

/** Options for the tools of a Space. */
export interface SpaceToolsOptions extends SpaceOptions, SourceToolsOptions {
  /** Which endpoints, such as `["/predict"]`. Default is all that have a name and are shown. */
  endpoints?: readonly string[] | undefined;
  /** What tools do, by their endpoints: `{ "/predict": "Draws a picture." }`. Default is what the app says. */
  descriptions?: Readonly<Record<string, string>> | undefined;
}

/** The endpoints of a Space as tools. */
export class SpaceTools implements ToolSource {
  readonly #link: SpaceLink;
  readonly #options: SpaceToolsOptions;
  #listed: { api: SpaceApi; tools: Tool[] } | undefined;

  /** @internal */
  constructor(link: SpaceLink, options: SpaceToolsOptions) {
    this.#link = link;
    this.#options = options;
  }

  /**
   * What the Space offers now; the same tools as before unless it was started anew.
   *
   * @throws ToolSourceError `SOURCE_TOOLS_CHANGED` from the pins, and as {@link toolsFromSpace}.
   */
  async tools(options: { signal?: AbortSignal } = {}): Promise<Tool[]> {
    const api = await this.#link.api(options.signal);
    if (this.#listed?.api !== api) {
      const tools = await this.#make(api);
      await this.#options.pins?.check(this.#link.identity.name, tools);
      this.#listed = { api, tools };
    }
    return [...this.#listed.tools];
  }

  /** Ends open calls. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#link[Symbol.asyncDispose]();
  }

  async #make(api: SpaceApi): Promise<Tool[]> {
    const { name: source } = this.#link.identity;
    const items = chosen(source, api, this.#options.endpoints).map(([endpointName, endpoint]) => ({
      name: endpointName.replace(/^\//, ""),
      make: (name: string): Tool => {
        if ("problem" in endpoint) throw endpoint.problem;
        return this.#tool(name, endpoint);
      },
    }));
    return usableTools(source, items, this.#options);
  }

  #tool(name: string, endpoint: SpaceEndpoint): Tool {
    const { outputSchemas = true, descriptions = {} } = this.#options;
    const source = this.#link.identity.name;
    const described = Object.hasOwn(descriptions, endpoint.name) ? descriptions[endpoint.name] : undefined;
    const hasOutput = outputSchemas && JSON.stringify(endpoint.outputSchema) !== "{}";
    return makeTool<ObjectSchema, JsonSchema>({
      name,
      description: described || endpoint.description || `The endpoint ${endpoint.name} of ${source}.`,
      input: endpoint.inputSchema,
      ...(hasOutput && { output: endpoint.outputSchema }),
      ...declaredAnnotations(undefined, endpoint.name.replace(/^\//, ""), name),
      origin: { kind: "space", space: source.replace(/^space:/, ""), endpoint: endpoint.name },
      execute: (input, context) => this.#link.call(endpoint, name, input, context),
    });
  }
}

function chosen(
  source: string,
  { endpoints }: SpaceApi,
  names: readonly string[] | undefined,
): [string, SpaceEndpoint | { problem: Error }][] {
  if (names === undefined) return [...endpoints];
  return names.map((given) => {
    const name = given.startsWith("/") ? given : `/${given}`;
    const endpoint = endpoints.get(name);
    if (endpoint) return [name, endpoint];
    throw new AdapterError(`${source} has no endpoint ${JSON.stringify(given)}. ${endpointList(endpoints)}`, {
      code: "ADAPTER_OPTIONS_INVALID",
    });
  });
}

/** Most endpoints that a message names. */
const mostNamed = 50;

/** Names the endpoints of a Space, for a message. */
export function endpointList(endpoints: SpaceApi["endpoints"]): string {
  const names = [...endpoints.keys()];
  if (names.length === 0) return "It has none that has a name";
  const rest = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : "";
  return `It has ${names.slice(0, mostNamed).join(", ")}${rest}`;
}
