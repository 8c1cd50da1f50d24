// The public API of @smoltools/adapters/sandboxes/process.

export { processProblem, processSandbox, type ProcessOptions } from "./process-sandbox.ts";
