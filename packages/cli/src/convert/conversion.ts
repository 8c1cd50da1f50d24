import type { JsonSchema, ObjectSchema, ToolAnnotations } from "@smoltools/core";
import type { ManifestSource } from "@smoltools/hub";

/** A foreign source as it was found, before it is written down as a project of smoltools. */
export interface Conversion {
  /** The name of the package without its owner, if nobody says another: letters, digits and `-`. */
  suggestedName: string;
  description: string;
  source: ManifestSource;
  tools: readonly ConvertedTool[];
  /** What every tool asks for that does not say it itself. */
  permissions: ConvertedPermissions;
  /** Modules that the definitions import, by their path in `src/`, such as `client.js`. */
  modules: Readonly<Record<string, string>>;
  /**
   * Statements at the top of the file of definitions: imports from {@link modules}, and what the tools share. Where the
   * project goes is known only when the source was read, and files outside of it are imported by a relative path.
   *
   * @param folder - Absolute path of the project.
   */
  imports: (folder: string) => readonly string[];
  /** Packages of npm that the definitions import, with their versions. */
  dependencies?: Readonly<Record<string, string>>;
  /** What a user of the tools has to have, for the README: lines of Markdown without the list's dash. */
  needs?: readonly string[];
  /** What its user should know: tools that were left out, hosts that could not be told. */
  warnings: readonly string[];
}

/** What tools may do beyond computing. */
export interface ConvertedPermissions {
  net: readonly string[];
  env: readonly string[];
  run: readonly string[];
}

/** One tool of a source, its schemas as they were. */
export interface ConvertedTool {
  name: string;
  description: string;
  inputSchema: ObjectSchema;
  outputSchema?: JsonSchema;
  annotations?: ToolAnnotations;
  permissions?: ConvertedPermissions;
  /** The body of `async execute(input, { signal } = {}) { … }`, in JavaScript: statements that end in a `return`. */
  body: string;
}
