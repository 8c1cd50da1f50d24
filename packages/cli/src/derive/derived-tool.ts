import type { JsonSchema, ObjectSchema, ToolAnnotations } from "@smoltools/core";
import type { DeclaredError } from "./jsdoc/function-doc.ts";
import type { ToolPermissions } from "./jsdoc/permissions.ts";
import type { Problem } from "./problems/problem.ts";

/** How the function takes the input object. */
export type CallForm =
  /**
   * One argument per property, in this order. `rest` names the last one if it is a rest parameter: the items of that
   * property are arguments of their own.
   */
  | { kind: "positional"; parameters: string[]; rest?: string }
  /** The input object is its only argument. */
  | { kind: "object" };

/** A tool as the source of its function declares it. */
export interface DerivedTool {
  /** Name under which the file exports the function. */
  exportName: string;
  name: string;
  description: string;
  /** JSON Schema 2020-12; its properties are in the order of the parameters. */
  inputSchema: ObjectSchema;
  /** Of the value that the function returns, its promise awaited; `{"type": "null"}` when that is nothing. */
  outputSchema: JsonSchema;
  call: CallForm;
  permissions: ToolPermissions;
  annotations: ToolAnnotations;
  /** The texts of `@example`, as written. */
  examples: string[];
  /** Why it should no longer be used; may be empty. Absent: it may be used. */
  deprecated?: string;
  throws: DeclaredError[];
}

/** What was found in a source file. */
export interface DeriveResult {
  /** The tools that have no problems, in the order of the source. */
  tools: DerivedTool[];
  /** What must be changed. A tool with a problem is not among the tools. */
  problems: Problem[];
  /** What could be better. */
  warnings: Problem[];
}
