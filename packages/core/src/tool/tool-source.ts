import { SmoltoolsError } from "../errors/smoltools-error.ts";
import type { Tool, ToolDeclaration } from "./tool.ts";

/** Where several tools come from: an MCP server, a Space, a collection. Disposing it ends what it holds open. */
export interface ToolSource extends AsyncDisposable {
  /** What it offers now. */
  tools(): Promise<Tool[]>;
}

/**
 * Remembers what the tools of a source declared, so that a source that changes them behind its users' backs is noticed.
 * The lock file of `@smoltools/hub` is one: `lockedTools(lockFile)`.
 */
export interface ToolPins {
  /**
   * Compares what a source declares with what is remembered of it, and remembers what it did not know yet.
   *
   * @param source - Names the source in a way that lasts: the address of a server, the command that starts it.
   * @throws ToolSourceError `SOURCE_TOOLS_CHANGED` when a tool is declared in another way than before.
   */
  check(source: string, tools: readonly ToolDeclaration[]): Promise<void>;
}

/**
 * Why a source does not give its tools, or a tool of it no result.
 *
 * | code | meaning |
 * | --- | --- |
 * | `SOURCE_UNAVAILABLE` | it cannot be started or reached, or it has ended |
 * | `SOURCE_TIMEOUT` | it did not answer in time |
 * | `SOURCE_ANSWER_INVALID` | it answers what its protocol does not know |
 * | `SOURCE_TOO_LARGE` | it sends more than is taken |
 * | `SOURCE_UNAUTHORISED` | it wants a sign-in, or refuses the one it got |
 * | `SOURCE_QUOTA` | its quota is used up |
 * | `SOURCE_TOOL_INVALID` | one of its tools cannot be used: its schema, its name, or two of one name |
 * | `SOURCE_TOOLS_CHANGED` | it declares tools in another way than when they were pinned |
 */
export type ToolSourceErrorCode =
  | "SOURCE_UNAVAILABLE"
  | "SOURCE_TIMEOUT"
  | "SOURCE_ANSWER_INVALID"
  | "SOURCE_TOO_LARGE"
  | "SOURCE_UNAUTHORISED"
  | "SOURCE_QUOTA"
  | "SOURCE_TOOL_INVALID"
  | "SOURCE_TOOLS_CHANGED";

/** A source of tools that fails, whoever runs it. */
export class ToolSourceError extends SmoltoolsError<
  ToolSourceErrorCode,
  { source?: string; tool?: string; tools?: string[]; retryAfterMs?: number }
> {}
