import type { ManifestTool } from "../manifest/manifest.ts";

/** How the author's function takes its input. */
export type ToolCallForm =
  /** One argument per property, in this order; the last one may gather the rest of an array. */
  | { kind: "positional"; parameters: readonly string[]; rest?: string }
  /** The input object itself. */
  | { kind: "object" };

/** A tool of a package in the making: what it declares, and how to call the function behind it. */
export interface SourceTool extends ManifestTool {
  /** Name under which the source file exports the function. */
  exportName: string;
  call: ToolCallForm;
}
