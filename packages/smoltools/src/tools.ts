import {
  codeInterpreter as adapterCodeInterpreter,
  type CodeInterpreterOptions,
  userInput as adapterUserInput,
  type UserInputOptions,
  visitWebpage as adapterVisitWebpage,
  type VisitWebpageOptions,
  webSearch as adapterWebSearch,
  type WebSearchOptions,
  wikipediaSearch as adapterWikipediaSearch,
  type WikipediaSearchOptions,
} from "@smoltools/adapters/tools";
import type { HostFetch, SandboxProvider, Tool } from "@smoltools/core";
import { hostFetch } from "@smoltools/hub/fetch";
import { rememberBuiltIn } from "./agents/parts/made-with.ts";

type WithFetch<Options> = Omit<Options, "fetch"> & { fetch?: HostFetch };

/** Any public host, on the usual ports: private addresses are refused, whatever name leads there. */
const publicWeb: HostFetch = hostFetch({ hosts: ["*", "*:80"], maxResponseBytes: 8 * 1024 * 1024 });

/** Options of {@link baseTools}. */
export interface BaseToolsOptions {
  /** Makes the requests and decides which hosts may be reached. @default the public web */
  fetch?: HostFetch;
  /** Gives the list an interpreter. An agent that writes code itself needs none. */
  sandbox?: SandboxProvider;
  /** Options of `web_search`, such as another engine. */
  search?: Omit<WebSearchOptions, "fetch">;
  /** Options of `visit_webpage`. */
  page?: Omit<VisitWebpageOptions, "fetch">;
}

/**
 * The tools that most agents want, with the public web in reach: an interpreter where a sandbox is given, `web_search`
 * and `visit_webpage`.
 *
 * @throws WebToolError `WEB_OPTIONS_INVALID` for an option that cannot work.
 */
export function baseTools({ fetch, sandbox, search, page }: BaseToolsOptions = {}): Tool[] {
  const own = fetch && { fetch };
  const tools: Tool[] = [webSearch({ ...search, ...own }), visitWebpage({ ...page, ...own })];
  return sandbox ? [codeInterpreter({ sandbox }), ...tools] : tools;
}

/** Searches the public web. See `webSearch` of `@smoltools/adapters/tools`. */
export function webSearch(options: WithFetch<WebSearchOptions> = {}): ReturnType<typeof adapterWebSearch> {
  return rememberBuiltIn(adapterWebSearch({ fetch: publicWeb, ...options }), options);
}

/** Reads pages of the public web. See `visitWebpage` of `@smoltools/adapters/tools`. */
export function visitWebpage(options: WithFetch<VisitWebpageOptions> = {}): ReturnType<typeof adapterVisitWebpage> {
  return rememberBuiltIn(adapterVisitWebpage({ fetch: publicWeb, ...options }), options);
}

/** Looks things up in Wikipedia. See `wikipediaSearch` of `@smoltools/adapters/tools`. */
export function wikipediaSearch(
  options: WithFetch<WikipediaSearchOptions> = {},
): ReturnType<typeof adapterWikipediaSearch> {
  return rememberBuiltIn(adapterWikipediaSearch({ fetch: publicWeb, ...options }), options);
}

/** Runs code, for agents that write none themselves. See `codeInterpreter` of `@smoltools/adapters/tools`. */
export function codeInterpreter(options: CodeInterpreterOptions): ReturnType<typeof adapterCodeInterpreter> {
  return rememberBuiltIn(adapterCodeInterpreter(options), options);
}

/** Asks the person in front of the program. See `userInput` of `@smoltools/adapters/tools`. */
export function userInput(options: UserInputOptions = {}): ReturnType<typeof adapterUserInput> {
  return rememberBuiltIn(adapterUserInput(options), options);
}
