import type {
  HostFetch,
  JsonSchema,
  ObjectSchema,
  RunResult,
  Sandbox,
  SandboxLimits,
  SandboxRunOptions,
} from "@smoltools/core";
import { python, type PythonOptions } from "./python.ts";
import { isDeclaration, type SmolagentsDeclaration } from "./smolagents-declaration.ts";
import { smolagentsInputSchema, smolagentsOutputSchema } from "./smolagents-schema.ts";
import { noDeclaration, toolError } from "./smolagents-tool-error.ts";

/** A tool of a file, declared as tools of this project are. */
export interface FileTool {
  /** The name of its class, or of the variable that holds it. */
  readonly variable: string;
  readonly name: string;
  readonly description: string;
  readonly inputSchema: ObjectSchema;
  readonly outputSchema: JsonSchema;
}

/** A file `tool.py` of smolagents with all its tools, in a sandbox of its own. */
export interface SmolagentsToolFile extends AsyncDisposable {
  readonly tools: readonly FileTool[];
  /**
   * Calls a tool, by the name of its class or variable. One call at a time.
   *
   * @throws The signal's reason when it is aborted. What goes wrong inside is in the result.
   */
  call(variable: string, inputs: Readonly<Record<string, unknown>>, options?: SandboxRunOptions): Promise<RunResult>;
}

/** What a file may do, and how much. */
export interface OpenToolFileOptions {
  /** Answers the requests of its code. Without it there is no network. */
  fetch?: HostFetch;
  /** What its code finds in `os.environ`. */
  env?: Readonly<Record<string, string>>;
  limits?: Partial<SandboxLimits>;
  signal?: AbortSignal;
}

/** Opens files of Python tools in sandboxes. */
export interface SmolagentsToolRuntime {
  /** Name of the sandbox. */
  readonly name: string;
  /**
   * Loads the text of a file, unchanged: what it does runs inside, at its loading as well as in calls.
   *
   * @throws SmolagentsToolError `PYTHON_TOOL_INVALID`; SandboxError; the signal's reason when it is aborted.
   */
  open(source: string, options?: OpenToolFileOptions): Promise<SmolagentsToolFile>;
}

const loadCode = `
import smolagents.tool_file
smolagents.tool_file.load_all(tool_source, tool_environment)
`;
const callCode = "smolagents.tool_file.call_one(tool_variable, tool_inputs)";

/**
 * Runs the tools that others published with smolagents, in sandboxes of {@link python}.
 *
 * The tools may import every module that is there: `packages` adds further ones.
 */
export function smolagentsTools(options: PythonOptions = {}): SmolagentsToolRuntime {
  const provider = python({ imports: "*", ...options });
  return {
    name: provider.name,
    open: async (source, { fetch, env = {}, limits, signal } = {}) => {
      const sandbox = await provider.create({
        ...(fetch && { fetch }),
        ...(limits && { limits }),
        ...(signal && { signal }),
      });
      const variables = { tool_source: source, tool_environment: env };
      try {
        const tools = toolsFrom(await sandbox.run(loadCode, { variables, ...(signal && { signal }) }));
        return new ToolFile(sandbox, variables, tools);
      } catch (error) {
        await sandbox.dispose();
        throw error;
      }
    },
  };
}

class ToolFile implements SmolagentsToolFile {
  readonly tools: readonly FileTool[];
  readonly #sandbox: Sandbox;
  readonly #loading: Readonly<Record<string, unknown>>;
  #isLoaded = true;

  constructor(sandbox: Sandbox, loading: Readonly<Record<string, unknown>>, tools: readonly FileTool[]) {
    this.#sandbox = sandbox;
    this.#loading = loading;
    this.tools = tools;
  }

  async call(
    variable: string,
    inputs: Readonly<Record<string, unknown>>,
    options: SandboxRunOptions = {},
  ): Promise<RunResult> {
    if (!this.#isLoaded) {
      const { signal } = options;
      const loaded = await this.#sandbox.run(loadCode, { variables: this.#loading, ...(signal && { signal }) });
      if (loaded.error) return loaded;
      this.#isLoaded = true;
    }
    const variables = { tool_variable: variable, tool_inputs: inputs };
    const result = await this.#sandbox.run(callCode, { ...options, variables });
    // The next call finds a new process.
    if (result.stateLost) this.#isLoaded = false;
    return result.finalAnswer ? { ...result, value: result.finalAnswer.value } : result;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#sandbox.dispose();
  }
}

function toolsFrom({ value, error }: RunResult): FileTool[] {
  if (error) throw toolError("PYTHON_TOOL_INVALID", "The tool cannot be loaded", error);
  if (!Array.isArray(value) || !value.every(isNamed)) throw noDeclaration();
  return value.map(({ variable, declaration }) => ({
    variable,
    name: declaration.name,
    description: declaration.description,
    inputSchema: smolagentsInputSchema(declaration.inputs),
    outputSchema: smolagentsOutputSchema(declaration.outputType, declaration.outputSchema),
  }));
}

function isNamed(value: unknown): value is { variable: string; declaration: SmolagentsDeclaration } {
  if (typeof value !== "object" || value === null) return false;
  const { variable, declaration } = value as { variable?: unknown; declaration?: unknown };
  return typeof variable === "string" && isDeclaration(declaration);
}
