import type { JsonObject, JsonSchema, JsonValue, ObjectSchema, ToolAnnotations } from "@smoltools/core";
import type { Place } from "./engine/port.ts";
import type { DeclaredError } from "./jsdoc/function-doc.ts";
import type { ToolPermissions } from "./jsdoc/permissions.ts";
import type { Problem } from "./problems/problem.ts";

/** The method of an exported object, or of the instances of an exported class, that does a tool's work. */
export interface WorkMethod {
  on: "object" | "class";
  name: string;
}

/** How the function takes the input object. */
export type CallForm = {
  /** Absent: the export is the function itself. */
  method?: WorkMethod;
} & (
  | {
      /**
       * One argument per property, in this order. `rest` names the last one if it is a rest parameter: the items of
       * that property are arguments of their own.
       */
      kind: "positional";
      parameters: string[];
      rest?: string;
    }
  | {
      /** The input object is its only argument. */
      kind: "object";
    }
);

/** A call of a tool that an `@example` shows. */
export interface ExampleCall {
  /** Fits the input schema. */
  input: JsonObject;
  /** What it returns, if the example says so; fits the output schema. */
  output?: JsonValue;
  /** Of the `@example`. */
  place: Place;
}

/** A tool as the source of its function declares it. */
export interface DerivedTool {
  /** Name under which the file exports the function, the object or the class. */
  exportName: string;
  name: string;
  description: string;
  /** JSON Schema 2020-12; its properties are in the order of the parameters. */
  inputSchema: ObjectSchema;
  /**
   * Of the value that the function returns, its promise awaited; `{"type": "null"}` when that is nothing. Absent where a
   * frozen definition has none.
   */
  outputSchema?: JsonSchema;
  call: CallForm;
  permissions: ToolPermissions;
  annotations: ToolAnnotations;
  /** The texts of `@example`, as written. */
  examples: string[];
  /** What of them can be run. */
  exampleCalls: ExampleCall[];
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
