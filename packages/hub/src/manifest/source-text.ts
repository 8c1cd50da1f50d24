import { commandLine } from "./command-line.ts";
import type { ManifestSource } from "./manifest-source.ts";

/** A source for a person, in one line: `the OpenAPI document Pets 1.2 (https://…)`. */
export function sourceText(source: ManifestSource): string {
  switch (source.kind) {
    case "mcp": {
      const where = "url" in source ? source.url : commandLine(source.command, source.args);
      return `the MCP server ${withVersion(source.server)} (${where})`;
    }
    case "space":
      return `the Space ${source.space}`;
    case "openapi": {
      const { title, version, url } = source;
      return `the OpenAPI document ${withVersion({ name: title, version })}${url === undefined ? "" : ` (${url})`}`;
    }
    case "langchain": {
      const of = source.package ? ` of ${withVersion(source.package)}` : "";
      return `the LangChain tool ${source.module}#${source.export}${of}`;
    }
  }
}

function withVersion({ name, version }: { name: string; version: string }): string {
  return version === "" ? name : `${name} ${version}`;
}
