// The public API of @smoltools/cli/derive. Adding a name here makes it public: named exports only.

export { deriveFile, deriveFileOrThrow } from "./derive-file.ts";
export { type DeriveOptions, deriveSource, type DeriveSourceOptions } from "./derive-source.ts";
export type { CallForm, DerivedTool, DeriveResult, ExampleCall, WorkMethod } from "./derived-tool.ts";
export { DeriveError } from "./derive-error.ts";
export { type FixedSource, fixSource } from "./fix/fix-source.ts";
export type { DeclaredError } from "./jsdoc/function-doc.ts";
export type { ToolPermissions } from "./jsdoc/permissions.ts";
export { formatProblem } from "./problems/format-problem.ts";
export type { Problem, RefusalCode, Repair, WarningCode } from "./problems/problem.ts";
