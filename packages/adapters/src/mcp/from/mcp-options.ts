import type { ToolPins } from "@smoltools/core";
import { AdapterError } from "../../shared/adapter-error.ts";
import type { AnswerElicitation, AnswerSampling } from "../connection/server-requests.ts";

/** How far a call has come, as the server says. */
export interface McpProgress {
  /** The server's name. */
  server: string;
  /** The tool's name here. */
  tool: string;
  /** The id of the model's call, where there is one. */
  toolCallId?: string;
  progress: number;
  total?: number;
  message?: string;
}

/** Options of `toolsFromMcp`. Times are in milliseconds, sizes in bytes. */
export interface McpOptions {
  /** Remembers what the tools declared: `lockedTools("smoltools.lock")` of `@smoltools/hub`. */
  pins?: ToolPins;
  /** Told how far calls have come. */
  onProgress?: (progress: McpProgress) => void;
  /** Told that a server has other tools than before. They are listed by the next `tools()` or call. */
  onToolsChanged?: (server: string) => void;
  /** Answers questions that a server asks the user. Without it, no server may ask. A connected client has its own. */
  onElicitation?: AnswerElicitation;
  /** Answers a server that wants a language model to write something; as `onElicitation`. */
  onSampling?: AnswerSampling;
  /** Longest wait for a server to start, or to be reached, and for a list of it. @default 30_000 */
  startTimeoutMs?: number;
  /** Longest time of a call. @default 300_000 */
  callTimeoutMs?: number;
  /** Longest time of a call without its result or a sign of progress. @default 60_000 */
  idleTimeoutMs?: number;
  /** Largest message that a server may send. @default 16 MiB */
  maxMessageBytes?: number;
  /** Most tools, resources or prompts of a server. @default 2_000 */
  maxItems?: number;
  /** How often a server that cannot be reached is tried again. @default 3 */
  maxRetries?: number;
  /** Wait before the first of those tries; each further one waits twice as long. @default 250 */
  retryDelayMs?: number;
  /** Ends the start of the servers. Later work has signals of its own. */
  signal?: AbortSignal;
}

/** Numbers of {@link McpOptions}, each with its value. */
export type McpLimits = Required<
  Pick<
    McpOptions,
    | "startTimeoutMs"
    | "callTimeoutMs"
    | "idleTimeoutMs"
    | "maxMessageBytes"
    | "maxItems"
    | "maxRetries"
    | "retryDelayMs"
  >
>;

/** Defaults of {@link McpOptions}. */
export const defaultMcpLimits: McpLimits = {
  startTimeoutMs: 30_000,
  callTimeoutMs: 300_000,
  idleTimeoutMs: 60_000,
  maxMessageBytes: 16 * 1024 * 1024,
  maxItems: 2000,
  maxRetries: 3,
  retryDelayMs: 250,
};

/**
 * The numbers that hold.
 *
 * @throws AdapterError `ADAPTER_OPTIONS_INVALID` for one that is not a number in its range.
 */
export function mcpLimits(options: McpOptions): McpLimits {
  const limits = { ...defaultMcpLimits };
  for (const name of Object.keys(limits) as (keyof McpLimits)[]) {
    const value = options[name] ?? limits[name];
    const least = name === "maxRetries" || name === "retryDelayMs" ? 0 : 1;
    if (typeof value !== "number" || !(value >= least)) {
      throw new AdapterError(`toolsFromMcp: ${name} must be a number of at least ${least}`, {
        code: "ADAPTER_OPTIONS_INVALID",
      });
    }
    limits[name] = value;
  }
  return limits;
}
