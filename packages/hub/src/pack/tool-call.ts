import type { ManifestTool } from "../manifest/manifest.ts";

/** The method of an exported object, or of the instances of an exported class, that does a tool's work. */
export interface ToolMethod {
  on: "object" | "class";
  name: string;
}

/** How the author's code takes its input. */
export type ToolCallForm = {
  /** Absent: the export is the function itself. A method that takes the input object gets `{ signal? }` behind it. */
  method?: ToolMethod;
} & (
  | {
      /** One argument per property, in this order; the last one may gather the rest of an array. */
      kind: "positional";
      parameters: readonly string[];
      rest?: string;
    }
  | {
      /** The input object itself. */
      kind: "object";
    }
);

/** A tool of a package in the making: what it declares, and how to call the function behind it. */
export interface SourceTool extends ManifestTool {
  /** Name under which the source file exports the function. */
  exportName: string;
  call: ToolCallForm;
}
