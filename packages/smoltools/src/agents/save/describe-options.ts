import type { PromptTemplates, StepCallbacks, ToolCallingAgentOptions } from "@smoltools/core";
import type { AgentOptionsRecord, HookRecord, PromptRecord } from "@smoltools/hub";
import type { CodeAgentOptions } from "../../code-agent.ts";
import { templateOf } from "../jinja/jinja-prompt.ts";
import type { Report } from "../left-out.ts";
import { describeModel } from "../models/describe-model.ts";
import { describeSandbox } from "../parts/sandbox-records.ts";
import type { SavableAgent } from "../parts/savable-agent.ts";
import type { Saving } from "./saving.ts";

type Options = CodeAgentOptions & ToolCallingAgentOptions;

/** Options that a file has as they are. */
const plainOptions = [
  "name",
  "description",
  "instructions",
  "maxSteps",
  "budget",
  "planningInterval",
  "answerSchema",
  "maxImages",
  "toolSearch",
  "modelParameters",
  "provideRunSummary",
  "limits",
  "structured",
  "codeTags",
  "maxParallelCalls",
  "toolChoice",
] as const satisfies readonly (keyof Options & keyof AgentOptionsRecord)[];

/** The options of an agent as a file has them: functions by name, secrets not at all. */
export function describeOptions(agent: SavableAgent, saving: Saving, report: Report): AgentOptionsRecord {
  // Each option has one meaning, in whichever of the two kinds it is.
  const options = agent.options as Options;
  const { hooks } = saving;
  const { prompts, stopWhen, finalAnswerChecks, onStep, compaction, beforeToolCall, needsApproval, approve } = options;
  const plain = plainOptions.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]] as const]));
  const record: AgentOptionsRecord = {
    ...countable(structuredClone(Object.fromEntries(plain))),
    ...(prompts && { prompts: describePrompts(prompts, saving) }),
    ...(stopWhen && { stopWhen: hooks.record(stopWhen, "stopWhen") }),
    ...(finalAnswerChecks && {
      finalAnswerChecks: finalAnswerChecks.map((check, index) => hooks.record(check, `finalAnswerChecks_${index}`)),
    }),
    ...(onStep && { onStep: describeCallbacks(onStep, saving) }),
    ...(compaction && { compaction: describeCompaction(compaction, report) }),
    ...(beforeToolCall && { beforeToolCall: hooks.record(beforeToolCall, "beforeToolCall") }),
    ...(needsApproval && {
      needsApproval:
        typeof needsApproval === "function" ? hooks.record(needsApproval, "needsApproval") : [...needsApproval],
    }),
    ...(approve && { approve: hooks.record(approve, "approve") }),
  };
  if (options.observers && options.observers.length > 0) {
    report.add("observers", "they watch from outside", "give `overrides: { observers }` when the agent is loaded");
  }
  return agent.kind === "code" ? { ...record, ...codeOptions(agent.options, saving, report) } : record;
}

/** JSON has no number without end: the greatest that every reader has does for "never". */
function countable<T extends object>(options: T): T {
  const entries = Object.entries(options).map(([name, value]: [string, unknown]) => {
    if (value === Infinity) return [name, Number.MAX_SAFE_INTEGER];
    return [name, isNumbers(value) ? countable(value) : value];
  });
  return Object.fromEntries(entries) as T;
}

/** Whether a value is an object of numbers, such as a budget. */
function isNumbers(value: unknown): value is object {
  return typeof value === "object" && value !== null && Object.values(value).every((each) => typeof each === "number");
}

function codeOptions(options: CodeAgentOptions, saving: Saving, report: Report): AgentOptionsRecord {
  const { sandbox, fetch, typeCheck } = options;
  if (typeCheck) {
    report.add("typeCheck", "a checker of one's own is a part of the program", "the default check");
  }
  return {
    ...(sandbox && sandbox !== "auto" && { sandbox: withImports(describeSandbox(sandbox, report), saving) }),
    ...(fetch && { fetch: saving.hooks.record(fetch, "fetch") }),
    ...(typeCheck === false && { typeCheck }),
  };
}

function withImports(
  record: NonNullable<AgentOptionsRecord["sandbox"]>,
  { options: { imports } }: Saving,
): NonNullable<AgentOptionsRecord["sandbox"]> {
  return record.language === "python" && imports !== undefined ? { ...record, imports } : record;
}

function describePrompts(prompts: Partial<PromptTemplates>, { hooks }: Saving): Record<string, PromptRecord> {
  const entries = Object.entries(prompts).filter(([, prompt]) => prompt !== undefined);
  return Object.fromEntries(
    entries.map(([key, prompt]): [string, PromptRecord] => {
      if (typeof prompt === "string") return [key, prompt];
      const jinja = templateOf(prompt);
      return [key, jinja === undefined ? hooks.record(prompt, `prompts_${key}`) : { jinja }];
    }),
  );
}

function describeCallbacks(onStep: StepCallbacks, { hooks }: Saving): Record<string, HookRecord[]> {
  const byKind = typeof onStep === "object" && !Array.isArray(onStep) ? onStep : { action: onStep };
  return Object.fromEntries(
    Object.entries(byKind)
      .filter(([, callbacks]) => callbacks !== undefined)
      .map(([kind, callbacks]) => {
        const list: ((...args: never[]) => unknown)[] = [callbacks].flat();
        return [kind, list.map((callback, index) => hooks.record(callback, `onStep_${kind}_${index}`))];
      }),
  );
}

function describeCompaction(
  { model, ...compaction }: NonNullable<Options["compaction"]>,
  report: Report,
): NonNullable<AgentOptionsRecord["compaction"]> {
  return { ...countable(compaction), ...(model && { model: describeModel(model, report.within("compaction")) }) };
}
