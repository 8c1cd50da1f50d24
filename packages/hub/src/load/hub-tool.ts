import {
  type JsonSchema,
  type ObjectSchema,
  Tool,
  type ToolAnnotations,
  type ToolContext,
  type ToolOrigin,
} from "@smoltools/core";
import type { ManifestTool } from "../manifest/manifest.ts";
import type { PackageRuntime } from "./engine/package-runtime.ts";

/** A tool of a package. Its code runs in a sandbox, from the first call on. */
export class HubTool extends Tool implements AsyncDisposable {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: ObjectSchema;
  declare readonly outputSchema?: JsonSchema;
  declare readonly annotations?: ToolAnnotations;
  declare readonly origin: ToolOrigin;
  /** Version of its package, by the manifest. A tool in Python that came without one has its tag, else `0.0.0+` and the commit. */
  readonly version: string;
  readonly #runtime: PackageRuntime;

  constructor(declaration: ManifestTool, version: string, origin: ToolOrigin, runtime: PackageRuntime) {
    super();
    this.name = declaration.name;
    this.description = declaration.description;
    this.inputSchema = declaration.inputSchema;
    if (declaration.outputSchema !== undefined) this.outputSchema = declaration.outputSchema;
    if (declaration.annotations) this.annotations = declaration.annotations;
    this.version = version;
    this.origin = origin;
    this.#runtime = runtime;
  }

  protected execute(input: unknown, { signal }: ToolContext): Promise<unknown> {
    return this.#runtime.call(this.name, input, signal);
  }

  /** Ends the sandboxes of the package that this tool belongs to. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#runtime.dispose();
  }
}
