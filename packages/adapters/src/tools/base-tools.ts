import type { HostFetch, SandboxProvider, Tool } from "@smoltools/core";
import { codeInterpreter } from "./code-interpreter.ts";
import { visitWebpage, type VisitWebpageOptions } from "./visit-webpage.ts";
import { webSearch, type WebSearchOptions } from "./web-search.ts";

/** Options of {@link baseTools}. */
export interface BaseToolsOptions {
  /** Makes the requests and decides which hosts may be reached. */
  fetch: HostFetch;
  /** Gives the list an interpreter. An agent that writes code itself needs none. */
  sandbox?: SandboxProvider;
  /** Options of `web_search`, such as another engine. */
  search?: Omit<WebSearchOptions, "fetch">;
  /** Options of `visit_webpage`. */
  page?: Omit<VisitWebpageOptions, "fetch">;
}

/**
 * The tools that most agents want: an interpreter where a sandbox is given, `web_search` and `visit_webpage`.
 *
 * @throws WebToolError `WEB_OPTIONS_INVALID` for an option that cannot work.
 */
export function baseTools({ fetch, sandbox, search, page }: BaseToolsOptions): Tool[] {
  const tools: Tool[] = [webSearch({ ...search, fetch }), visitWebpage({ ...page, fetch })];
  return sandbox ? [codeInterpreter({ sandbox }), ...tools] : tools;
}
