import {
  baseTools as adapterBaseTools,
  type BaseToolsOptions as AdapterBaseToolsOptions,
  visitWebpage as adapterVisitWebpage,
  type VisitWebpageOptions,
  webSearch as adapterWebSearch,
  type WebSearchOptions,
  wikipediaSearch as adapterWikipediaSearch,
  type WikipediaSearchOptions,
} from "@smoltools/adapters/tools";
import type { HostFetch, Tool } from "@smoltools/core";
import { hostFetch } from "@smoltools/hub/fetch";

type WithFetch<Options> = Omit<Options, "fetch"> & { fetch?: HostFetch };

/** Any public host, on the usual ports: private addresses are refused, whatever name leads there. */
const publicWeb: HostFetch = hostFetch({ hosts: ["*", "*:80"], maxResponseBytes: 8 * 1024 * 1024 });

/** Options of {@link baseTools}. */
export type BaseToolsOptions = WithFetch<AdapterBaseToolsOptions>;

/** The tools that most agents want, with the public web in reach. See `baseTools` of `@smoltools/adapters/tools`. */
export function baseTools(options: BaseToolsOptions = {}): Tool[] {
  return adapterBaseTools({ fetch: publicWeb, ...options });
}

/** Searches the public web. See `webSearch` of `@smoltools/adapters/tools`. */
export function webSearch(options: WithFetch<WebSearchOptions> = {}): ReturnType<typeof adapterWebSearch> {
  return adapterWebSearch({ fetch: publicWeb, ...options });
}

/** Reads pages of the public web. See `visitWebpage` of `@smoltools/adapters/tools`. */
export function visitWebpage(options: WithFetch<VisitWebpageOptions> = {}): ReturnType<typeof adapterVisitWebpage> {
  return adapterVisitWebpage({ fetch: publicWeb, ...options });
}

/** Looks things up in Wikipedia. See `wikipediaSearch` of `@smoltools/adapters/tools`. */
export function wikipediaSearch(
  options: WithFetch<WikipediaSearchOptions> = {},
): ReturnType<typeof adapterWikipediaSearch> {
  return adapterWikipediaSearch({ fetch: publicWeb, ...options });
}
