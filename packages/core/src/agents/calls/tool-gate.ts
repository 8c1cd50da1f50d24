import { errorMessage } from "../../errors/error-message.ts";
import type { ToolDeclaration } from "../../tool/tool.ts";
import { AgentError } from "../agent-error.ts";

/** A call of a tool that is about to happen. */
export interface PendingCall {
  /** As in the `tool-call` event. */
  readonly id: string;
  readonly step: number;
  /** Name of the agent whose model wants the call. */
  readonly agent: string | undefined;
  readonly tool: ToolDeclaration;
  /** As the model wrote it: not yet checked against the tool's schema. */
  readonly input: unknown;
}

/** What a hook says of a call. Nothing means: allowed as it is. */
export type CallDecision =
  | { action: "allow"; /** Call the tool with this instead. */ input?: unknown }
  | { action: "deny"; /** Shown to the model. */ reason?: string }
  | { action: "ask"; /** What the person is asked. */ question?: string };

/** Looks at each call of a tool before it happens. */
export type BeforeToolCall = (
  call: PendingCall,
  options: { signal: AbortSignal },
) => CallDecision | undefined | void | Promise<CallDecision | undefined | void>;

/** What a person says of a call. */
export type ApprovalAnswer =
  | boolean
  | { approved: boolean; /** Shown to the model when the call is refused. */ reason?: string; input?: unknown };

/** Asks a person whether a call may happen. May take as long as people do. */
export type Approve = (
  call: PendingCall & { readonly question?: string },
  options: { signal: AbortSignal },
) => ApprovalAnswer | Promise<ApprovalAnswer>;

/** Who decides on calls of tools. */
export interface ToolGate {
  beforeToolCall?: BeforeToolCall | undefined;
  /** Tools that a person has to allow each time, by name; or whether this call is one that a person has to allow. */
  needsApproval?: readonly string[] | ((call: PendingCall) => boolean | Promise<boolean>);
  approve?: Approve | undefined;
}

/**
 * Passes a call through the gates, the outermost manager's first.
 *
 * @returns The input with which the tool is to be called.
 * @throws AgentError `AGENT_CALL_DENIED` for the model, `AGENT_CALLBACK_FAILED` when the program's own function threw.
 */
export async function passGates(
  gates: readonly ToolGate[],
  call: PendingCall,
  options: { signal: AbortSignal },
): Promise<unknown> {
  let { input } = call;
  for (const gate of gates) input = await passGate(gate, { ...call, input }, options);
  return input;
}

async function passGate(gate: ToolGate, call: PendingCall, options: { signal: AbortSignal }): Promise<unknown> {
  const decision = await ofTheProgram(options.signal, async () =>
    checkedDecision(await gate.beforeToolCall?.(call, options)),
  );
  if (decision?.action === "deny") throw denied(call, decision.reason);
  const input = decision?.action === "allow" && "input" in decision ? decision.input : call.input;
  const changed = { ...call, input };
  const ask = decision?.action === "ask" || (await ofTheProgram(options.signal, () => needsApproval(gate, changed)));
  if (!ask) return input;
  const { approve } = gate;
  if (!approve) throw denied(call, "a person has to allow it, and nobody can be asked");
  const question = decision?.action === "ask" ? decision.question : undefined;
  const answer = await ofTheProgram(options.signal, async () =>
    checkedAnswer(await approve({ ...changed, ...(question !== undefined && { question }) }, options)),
  );
  if (answer === true) return input;
  if (answer === false) throw denied(call, "a person refused it");
  if (!answer.approved) throw denied(call, answer.reason ?? "a person refused it");
  return "input" in answer ? answer.input : input;
}

// What a program says by mistake must not open the gate.

async function needsApproval({ needsApproval: names = [] }: ToolGate, call: PendingCall): Promise<boolean> {
  if (typeof names !== "function") return names.includes(call.tool.name);
  const answer: unknown = await names(call);
  if (typeof answer === "boolean") return answer;
  throw new TypeError("needsApproval returned neither true nor false");
}

const actions: ReadonlySet<unknown> = new Set(["allow", "deny", "ask"] satisfies CallDecision["action"][]);

function checkedDecision(decision: CallDecision | undefined | void | null): CallDecision | undefined {
  if (decision === undefined || decision === null) return undefined;
  if (actions.has(decision.action)) return decision;
  throw new TypeError('it returned neither nothing nor an object with the action "allow", "deny" or "ask"');
}

function checkedAnswer(answer: ApprovalAnswer): ApprovalAnswer {
  const approved: unknown = typeof answer === "object" && answer !== null ? answer.approved : answer;
  if (typeof approved === "boolean") return answer;
  throw new TypeError("approve returned neither true nor false nor an object with `approved`");
}

async function ofTheProgram<Result>(signal: AbortSignal, work: () => Result): Promise<Awaited<Result>> {
  try {
    const result = await work();
    // Nobody is asked, and nothing called, for a run that is over.
    signal.throwIfAborted();
    return result;
  } catch (cause) {
    if (signal.aborted) throw signal.reason;
    throw new AgentError(`The hook before a tool call failed: ${errorMessage(cause)}`, {
      code: "AGENT_CALLBACK_FAILED",
      cause,
    });
  }
}

function denied({ tool }: PendingCall, reason = "no reason was given"): AgentError {
  return new AgentError(`The call of ${tool.name} was not allowed: ${reason}. Do not try it again in the same way.`, {
    code: "AGENT_CALL_DENIED",
  });
}
