import { ToolExecutionError, type ToolContext } from "@smoltools/core";
import { type AiSdkTool, isFunction } from "./ai-sdk-tool.ts";

/** A call that somebody has to allow. */
export interface ApprovalRequest {
  /** What the tool is called here. */
  readonly tool: string;
  /** Checked against the tool's schema. */
  readonly input: unknown;
  readonly toolCallId: string;
}

/** What somebody says of a call. */
export type Approval = boolean | { approved: boolean; /** Shown to the model. */ reason?: string };

/** Asks somebody whether a call may happen. May take as long as people do. */
export type ApproveCall = (
  call: ApprovalRequest,
  options: { signal: AbortSignal | undefined },
) => Approval | Promise<Approval>;

/** What decides whether a call may happen. */
interface ApprovalSetting {
  tool: AiSdkTool;
  /** The input after its schema's transformations, as the tool's own functions know it. */
  parsed: unknown;
  approve: ApproveCall | undefined;
  /** What the AI SDK tells functions besides the input. */
  options: Record<string, unknown>;
  context: ToolContext;
}

/**
 * Lets a call pass that needs no approval, or gets it.
 *
 * @throws ToolExecutionError `TOOL_PERMISSION_DENIED`
 */
export async function passApproval(call: ApprovalRequest, setting: ApprovalSetting): Promise<void> {
  const { approve, parsed, options, context } = setting;
  const { needsApproval } = setting.tool;
  const isNeeded = isFunction(needsApproval) ? await needsApproval(parsed, options) : needsApproval;
  if (isNeeded === undefined || isNeeded === false) return;
  if (!approve) throw denied(call.tool, "somebody has to allow it, and nobody can be asked");
  const asking = Promise.resolve(approve(call, { signal: context.signal }));
  // The time that a person takes is not the time of the code that calls.
  const answer = await (context.untimed ? context.untimed(asking) : asking);
  const { approved, reason } = typeof answer === "boolean" ? { approved: answer, reason: undefined } : answer;
  // A program that is not checked may answer with anything: only true is a yes.
  if (approved !== true) throw denied(call.tool, reason ?? "it was not allowed");
}

function denied(tool: string, why: string): ToolExecutionError {
  return new ToolExecutionError(`${tool} was not carried out: ${why}`, {
    code: "TOOL_PERMISSION_DENIED",
    data: { tool },
  });
}
