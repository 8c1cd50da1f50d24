import { terminalLog } from "smoltools";
import type { CommandContext } from "../cli/command.ts";
import { textOption } from "../cli/line/option-values.ts";
import { UsageError } from "../cli/errors/usage-error.ts";
import { agentLimits } from "../chat/agent-limits.ts";
import { approvalGate, type ApprovalMode } from "../chat/approval.ts";
import { Chat } from "../chat/chat.ts";
import type { TaskInterrupt } from "../chat/task-interrupt.ts";
import { agentOf } from "../chat/make-agent.ts";
import { Owned } from "../chat/owned.ts";
import { UsageSummary } from "../chat/usage-summary.ts";

/** `smoltools agent [ref or folder] [task]` */
export async function run(context: CommandContext): Promise<number> {
  const { out, prompts, values } = context;
  const { ref, task } = whatToDo(context);
  const limits = agentLimits(context);
  // Work in progress that Ctrl-C ends, and a question in its midst.
  let current: TaskInterrupt | undefined;
  const gate = approvalGate(approvalMode(context), prompts, () => current?.interrupt());
  const log = terminalLog({
    level: out.json ? "off" : values["verbose"] === true ? "debug" : "info",
    color: out.style("red", "") !== "",
    width: out.width,
    write: (text) => out.note(text.replace(/\n$/, "")),
  });
  await using owned = new Owned();
  const agent = await agentOf(context, ref, { limits, gate, observers: [log] }, owned);
  const chat = new Chat(context, agent, new UsageSummary(limits.price));
  if (task !== undefined) return await chat.once(task);
  if (prompts) return await chat.talk(prompts, (task) => (current = task));
  return await chat.lines(process.stdin);
}

function whatToDo({ positionals, values }: CommandContext): { ref: string | undefined; task: string | undefined } {
  const [first, second] = positionals;
  if (values["tools"] === undefined) {
    if (first === undefined)
      throw new UsageError("Name an agent, or tools for one: smoltools agent --tools acme/weather");
    return { ref: first, task: second };
  }
  if (second === undefined) return { ref: undefined, task: first };
  throw new UsageError("With --tools there is no agent to name: give the task alone, in quotes");
}

function approvalMode(context: CommandContext): ApprovalMode {
  const mode = textOption(context, "approve");
  return mode === "always" || mode === "writes" ? mode : "never";
}
