import type { JsonObject } from "@smoltools/core";

/** A tool of smoltools that does what one of smolagents' own does. */
export interface KnownTool {
  name: string;
  settings: JsonObject;
}

/** The tools that come with smolagents, by their classes: what they import is not in a sandbox. */
const known: Readonly<Record<string, KnownTool>> = {
  DuckDuckGoSearchTool: { name: "web_search", settings: {} },
  WebSearchTool: { name: "web_search", settings: {} },
  GoogleSearchTool: { name: "web_search", settings: { engine: "serpapi" } },
  ApiWebSearchTool: { name: "web_search", settings: { engine: "brave" } },
  VisitWebpageTool: { name: "visit_webpage", settings: {} },
  WikipediaSearchTool: { name: "wikipedia_search", settings: {} },
  UserInputTool: { name: "user_input", settings: {} },
  PythonInterpreterTool: { name: "python_interpreter", settings: { sandbox: { name: "python", language: "python" } } },
};

/** The tool that stands in for one of smolagents' own. It must have the name that the agent knows it by. */
export function knownTool(name: string, source: string): KnownTool | undefined {
  const [, className = ""] = /^class (\w+)\((?:Tool|PipelineTool)\):/m.exec(source) ?? [];
  const found = Object.hasOwn(known, className) ? known[className] : undefined;
  return found?.name === name ? found : undefined;
}

/** Whether a tool is the one with which every agent of smolagents gives its answer, as it comes with smolagents. */
export function isUsualFinalAnswer(name: string, source: string): boolean {
  if (name !== "final_answer") return false;
  const body = /\n    def forward\(self, answer(?:: Any)?\)(?: -> Any)?:\n([\s\S]*?)(?=\n    def |$)/.exec(source)?.[1];
  return /^class FinalAnswerTool\(Tool\):/m.test(source) && body?.trim() === "return answer";
}
