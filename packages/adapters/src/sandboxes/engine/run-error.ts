import type { RunError, SandboxLimits } from "@smoltools/core";

/** The error for values that do not fit the memory. */
export function memoryError({ memoryBytes }: SandboxLimits): RunError {
  const message = `the values of the code take more than ${memoryBytes} bytes (memoryBytes)`;
  return { code: "SANDBOX_MEMORY", name: "InternalError", message };
}

/** The error for a limit that is counted. */
export function limitError(limit: keyof SandboxLimits, message: string): RunError {
  return { code: "SANDBOX_LIMIT", name: "LimitError", message, limit };
}

/** The error for an engine that failed. */
export function crashError(reason: unknown): RunError {
  const message = `the engine failed and was thrown away: ${reason instanceof Error ? reason.message : String(reason)}`;
  return { code: "SANDBOX_CRASH", name: "EngineError", message };
}
