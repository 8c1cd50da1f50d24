import type { RunError } from "@smoltools/core";
import type { PermissionError } from "../../errors/permission-error.ts";

/** What a call in an engine came to. */
export type EngineOutcome =
  | { value: unknown; error?: never }
  | {
      error: Pick<RunError, "code" | "message">;
      /** What the host refused the code, if that is why it failed. */
      denial?: PermissionError | undefined;
      /** What was thrown, where it was thrown on this side of a boundary. */
      cause?: unknown;
    };

/** A place where the tools of one package run, one call at a time. */
export interface ToolEngine extends AsyncDisposable {
  /**
   * @param input - Checked against the tool's schema already.
   * @throws The signal's reason when it is aborted. What the tool does wrong is in the outcome.
   */
  call(tool: string, input: unknown, signal: AbortSignal | undefined): Promise<EngineOutcome>;
}

/** Makes an engine. */
export type OpenEngine = (signal: AbortSignal | undefined) => Promise<ToolEngine>;
