// The public API of @smoltools/adapters/sandboxes/python.

export { defaultPythonImports } from "./default-imports.ts";
export { python, pythonProblem, type PythonOptions } from "./python.ts";
export { type SmolagentsInput, smolagentsInputSchema, smolagentsOutputSchema } from "./smolagents-schema.ts";
export { SmolagentsToolError, type SmolagentsToolErrorCode } from "./smolagents-tool-error.ts";
export type { SmolagentsDeclaration } from "./smolagents-declaration.ts";
export {
  type LoadSmolagentsToolOptions,
  loadSmolagentsTool,
  type SmolagentsCallOptions,
  type SmolagentsTool,
} from "./smolagents-tool.ts";
export {
  type FileTool,
  type OpenToolFileOptions,
  type SmolagentsToolFile,
  type SmolagentsToolRuntime,
  smolagentsTools,
} from "./smolagents-tool-file.ts";
