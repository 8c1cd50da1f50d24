import type { Tool } from "@smoltools/core";
import { AdapterError } from "../shared/adapter-error.ts";
import { SpaceLink } from "./space-link.ts";
import type { SpaceOptions } from "./space-options.ts";
import { endpointList, SpaceTools, type SpaceToolsOptions } from "./space-tools.ts";

/** Options of {@link toolFromSpace}. */
export interface SpaceToolOptions extends SpaceOptions {
  /** Which endpoint: `"/predict"`. Default is the only one. */
  endpoint?: string | undefined;
  /** What the tool is called. Default is the endpoint's name, or the nearest one that a tool can have. */
  name?: string | undefined;
  /** What it does, for the model. Default is what the app says. */
  description?: string | undefined;
}

/**
 * Makes a tool of one endpoint of a Space, or of another app of Gradio 4, 5 or 6.
 *
 * Its arguments are those of the endpoint. Its result is the value of its only output, the list of several, or `null`.
 * Images, sounds, videos and files are `MediaRef`s both ways; an argument may also be an address, which the Space
 * fetches. Each call is a session of its own. Nothing stays open between calls.
 *
 * @param space - `owner/name` on the hub, or the address of a running app.
 * @throws ToolSourceError `SOURCE_UNAVAILABLE` for a Space that does not run, `SOURCE_UNAUTHORISED`, `SOURCE_TIMEOUT`,
 *   `SOURCE_TOO_LARGE`, `SOURCE_ANSWER_INVALID` when it is not a Gradio app, `SOURCE_TOOL_INVALID`,
 *   `SOURCE_TOOLS_CHANGED`. Calls throw them too, and `SOURCE_QUOTA`, with `retryAfterMs` where the Space tells it.
 * @throws AdapterError `ADAPTER_OPTIONS_INVALID` when it has several endpoints and none is chosen. The first call
 *   throws `ADAPTER_PEER_MISSING` when `@gradio/client` is not installed.
 */
export async function toolFromSpace(space: string, options: SpaceToolOptions = {}): Promise<Tool> {
  const { endpoint: chosen, name, description, ...rest } = options;
  const link = new SpaceLink(space, rest);
  return withLink(link, async () => {
    const { endpoints } = await link.api(rest.signal);
    const [only, ...others] = endpoints.keys();
    if (chosen === undefined && (only === undefined || others.length > 0)) {
      const what = `${link.identity.name}: choose one of its endpoints with the option endpoint. ${endpointList(endpoints)}`;
      throw new AdapterError(what, { code: "ADAPTER_OPTIONS_INVALID" });
    }
    const endpoint = (chosen ?? only ?? "").replace(/^(?!\/)/, "/");
    const source = new SpaceTools(link, {
      ...rest,
      endpoints: [endpoint],
      ...(name !== undefined && { rename: { [endpoint.slice(1)]: name } }),
      ...(description !== undefined && { descriptions: { [endpoint]: description } }),
    });
    const [tool] = await source.tools();
    if (tool === undefined) throw new Error("unreachable: a tool that cannot be used is thrown");
    return tool;
  });
}

/**
 * Makes tools of the endpoints of a Space, see {@link toolFromSpace}.
 *
 * @example
 * await using space = await toolsFromSpace("acme/clock", { endpoints: ["/now", "/alarm"] });
 * const agent = new CodeAgent({ model, tools: await space.tools() });
 *
 * @throws as {@link toolFromSpace}; `SOURCE_TOOL_INVALID` when two endpoints have one name here, or one cannot be used
 *   and `onUnusable` is not given.
 */
export async function toolsFromSpace(space: string, options: SpaceToolsOptions = {}): Promise<SpaceTools> {
  const link = new SpaceLink(space, options);
  return withLink(link, async () => {
    const source = new SpaceTools(link, options);
    await source.tools(options.signal ? { signal: options.signal } : {});
    return source;
  });
}

/** What was begun ends where no source comes of it. */
async function withLink<Result>(link: SpaceLink, make: () => Promise<Result>): Promise<Result> {
  try {
    return await make();
  } catch (error) {
    await link[Symbol.asyncDispose]();
    throw error;
  }
}
