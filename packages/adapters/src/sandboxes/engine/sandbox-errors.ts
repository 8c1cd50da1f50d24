import { SandboxError, type SandboxErrorCode } from "@smoltools/core";

/** An error about an option. */
export function badOption(sandbox: string, message: string): SandboxError {
  return sandboxError("SANDBOX_BAD_OPTIONS", sandbox, message);
}

/** An error that says that this machine cannot have the sandbox, and what to install. */
export function unavailable(sandbox: string, message: string, cause?: unknown): SandboxError {
  return sandboxError("SANDBOX_UNAVAILABLE", sandbox, message, cause);
}

/** An error for every use after the disposal. */
export function disposedError(sandbox: string): SandboxError {
  return sandboxError("SANDBOX_DISPOSED", sandbox, "the sandbox was disposed: create another one");
}

function sandboxError(code: SandboxErrorCode, sandbox: string, message: string, cause?: unknown): SandboxError {
  return new SandboxError(message, { code, data: { sandbox }, ...(cause !== undefined && { cause }) });
}
