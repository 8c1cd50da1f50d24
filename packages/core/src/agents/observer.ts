import type { ToolDeclaration } from "../tool/tool.ts";
import type { AgentEvent } from "./events.ts";
import type { AgentResult } from "./agent-result.ts";

/** What is known of a run from its beginning. */
export interface RunInfo {
  /** Tells runs apart, those of managed agents too. */
  readonly id: string;
  readonly agentKind: "code" | "tool-calling";
  readonly agentName: string | undefined;
  readonly modelId: string;
  readonly task: string;
  /** The run whose managed agent this is, and the call in it. */
  readonly parent?: { readonly run: RunInfo; readonly callId: string };
}

/** A call of a tool, as observers are told of it. */
export interface ObservedCall {
  readonly id: string;
  readonly step: number;
  readonly tool: string;
  /** What the tool, or the managed agent, declares. */
  readonly declaration: ToolDeclaration;
  readonly input: unknown;
}

/**
 * Watches runs: for logs, traces and measurements. It also watches the runs of managed agents, and cannot change
 * anything; see `beforeToolCall` for that.
 *
 * What an observer throws ends the run with `AGENT_CALLBACK_FAILED`.
 */
export interface AgentObserver {
  onStart?(run: RunInfo): void;
  /** Called at each event, before the reader of the stream has it. Not called for `managed-agent` events. */
  onEvent?(event: AgentEvent, run: RunInfo): void;
  /** Called once, when the run is over: with its result, or with the error that ended it. */
  onEnd?(outcome: { result: AgentResult } | { error: unknown }, run: RunInfo): void;
  /** Does the work of a call in whatever context it likes, such as that of a span. It must wait for `work`. */
  aroundCall?<Result>(call: ObservedCall, run: RunInfo, work: () => Promise<Result>): Promise<unknown>;
}
