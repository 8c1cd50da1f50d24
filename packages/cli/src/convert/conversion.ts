import type { JsonSchema, ObjectSchema, ToolAnnotations } from "@smoltools/core";
import type { ManifestSource } from "@smoltools/hub";

/** A foreign source as it was found, before it is written down as a project of smoltools. */
export interface Conversion {
  /** The name of the package without its owner, if nobody says another: letters, digits and `-`. */
  suggestedName: string;
  description: string;
  source: ManifestSource;
  tools: readonly ConvertedTool[];
  permissions: { net: readonly string[]; env: readonly string[]; run: readonly string[] };
  /** Modules that the definitions import, by their path in `src/`, such as `client.js`. */
  modules: Readonly<Record<string, string>>;
  /** Statements at the top of the file of definitions: imports from {@link modules}. */
  imports: readonly string[];
  /** What its user should know: tools that were left out, hosts that could not be told. */
  warnings: readonly string[];
}

/** One tool of a source, its schemas as they were. */
export interface ConvertedTool {
  name: string;
  description: string;
  inputSchema: ObjectSchema;
  outputSchema?: JsonSchema;
  annotations?: ToolAnnotations;
  /** The body of `async execute(input) { … }`, in JavaScript: statements that end in a `return`. */
  body: string;
}
