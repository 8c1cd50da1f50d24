import type { RunResult, Sandbox } from "@smoltools/core";
import { isDeclaration, type SmolagentsDeclaration } from "./smolagents-declaration.ts";
import { noDeclaration, toolError } from "./smolagents-tool-error.ts";

/** A tool in the form of smolagents, in a sandbox. */
export interface SmolagentsTool {
  readonly declaration: SmolagentsDeclaration;
  /**
   * Calls the tool. The sandbox checks the inputs against its declaration.
   *
   * @param inputs - Values by name: JSON, media, bytes.
   * @returns What it gives: JSON, media, bytes; `null` for nothing.
   * @throws SmolagentsToolError `PYTHON_TOOL_FAILED`; the signal's reason when it is aborted.
   */
  call(inputs: Readonly<Record<string, unknown>>, options?: SmolagentsCallOptions): Promise<unknown>;
}

/** Options of {@link SmolagentsTool.call}. */
export interface SmolagentsCallOptions {
  signal?: AbortSignal;
  timeoutMs?: number;
  /** Called with each line that the tool prints. */
  onOutput?: (text: string) => void;
}

/** Options of {@link loadSmolagentsTool}. */
export interface LoadSmolagentsToolOptions {
  /** Which tool, where the file holds several: the name of its class, or of the variable that holds it. */
  className?: string;
  /** Arguments by name of the class's constructor, as JSON values. */
  settings?: Readonly<Record<string, unknown>>;
  signal?: AbortSignal;
}

const loadCode = `
import smolagents.tool_file
smolagents.tool_file.load(tool_source, tool_class, tool_settings)
`;
const callCode = "smolagents.tool_file.call(tool_inputs)";

/**
 * Loads a file `tool.py` of a smolagents Space into a sandbox of Python, unchanged.
 *
 * What the file does runs inside, at its loading as well as in calls: a small stand-in gives it `Tool` and `tool`. It
 * imports what the sandbox's `imports` allow, `requests` where the sandbox was given `fetch`. One tool to a sandbox.
 *
 * @param sandbox - Made by `python()`, or another sandbox of Python of this package. Not disposed here.
 * @param source - The text of the file.
 * @throws SmolagentsToolError `PYTHON_TOOL_INVALID`; the signal's reason when it is aborted.
 */
export async function loadSmolagentsTool(
  sandbox: Sandbox,
  source: string,
  { className, settings = {}, signal }: LoadSmolagentsToolOptions = {},
): Promise<SmolagentsTool> {
  const load = async (options: Pick<SmolagentsCallOptions, "signal">): Promise<SmolagentsDeclaration> => {
    const result = await sandbox.run(loadCode, {
      variables: { tool_source: source, tool_class: className ?? null, tool_settings: settings },
      ...(options.signal && { signal: options.signal }),
    });
    if (result.error) throw toolError("PYTHON_TOOL_INVALID", "The tool cannot be loaded", result.error);
    return declarationFrom(result);
  };
  const declaration = await load({ ...(signal && { signal }) });
  let isLoaded = true;
  return {
    declaration,
    call: async (inputs, options = {}) => {
      if (!isLoaded) await load(options);
      isLoaded = true;
      const result = await sandbox.run(callCode, { ...options, variables: { tool_inputs: inputs } });
      // The next call finds a new process.
      if (result.stateLost) isLoaded = false;
      if (result.error) throw toolError("PYTHON_TOOL_FAILED", `${declaration.name} failed`, result.error);
      return result.finalAnswer?.value ?? result.value ?? null;
    },
  };
}

function declarationFrom({ value }: RunResult): SmolagentsDeclaration {
  if (isDeclaration(value)) return value;
  throw noDeclaration();
}
