import type { HostFetch, JsonSchema, ObjectSchema, RunResult, SandboxLimits, SandboxRunOptions } from "@smoltools/core";

/** A tool of a file of Python, as the file declares it. */
export interface PythonFileTool {
  /** The name of its class, or of the variable that holds it. */
  readonly variable: string;
  readonly name: string;
  readonly description: string;
  readonly inputSchema: ObjectSchema;
  readonly outputSchema?: JsonSchema;
}

/** A file `tool.py` with its tools, in a sandbox of its own. */
export interface PythonToolFile extends AsyncDisposable {
  readonly tools: readonly PythonFileTool[];
  /** Calls a tool by the name of its class or variable; one call at a time. What goes wrong inside is in the result. */
  call(variable: string, inputs: Readonly<Record<string, unknown>>, options?: SandboxRunOptions): Promise<RunResult>;
}

/**
 * Runs tools that are written in Python, in the form of smolagents. `smolagentsTools()` of
 * `@smoltools/adapters/sandboxes/python` makes one; this package knows no sandbox itself.
 */
export interface PythonToolRuntime {
  /** Name of the sandbox. */
  readonly name: string;
  /** Loads the text of a file. It rejects where the file is no tool, or needs what is not there. */
  open(
    source: string,
    options: {
      fetch?: HostFetch;
      env?: Readonly<Record<string, string>>;
      limits?: Partial<SandboxLimits>;
      signal?: AbortSignal;
    },
  ): Promise<PythonToolFile>;
}
