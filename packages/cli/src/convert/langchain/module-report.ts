import type { JsonSchema, ObjectSchema, ToolAnnotations } from "@smoltools/core";

/** What the process that loads a module is asked. */
export interface ModuleQuestion {
  /** Path of a module that exports the one that is meant as `module`. */
  path: string;
  /** Path of that one. */
  resolved: string;
  exportName?: string | undefined;
  /** What a class, or a function that makes tools, is given. */
  values: readonly unknown[];
}

/** How an export becomes tools. */
export type ExportForm = "value" | "class" | "function";

/** A tool as its module declares it. */
export interface DeclaredTool {
  /** What LangChain calls it. */
  original: string;
  name: string;
  description: string;
  inputSchema: ObjectSchema;
  outputSchema?: JsonSchema;
  annotations?: ToolAnnotations;
}

/** What that process found. */
export type ModuleReport =
  | { kind: "tools"; exportName: string; form: ExportForm; tools: DeclaredTool[]; unusable: string[] }
  /** Which exports could have been meant, where it is not clear. */
  | { kind: "unclear"; exportNames: string[] }
  | { kind: "failed"; message: string };
