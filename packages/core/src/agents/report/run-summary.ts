import { ActionStep } from "../../memory/action-step.ts";
import { PlanningStep } from "../../memory/planning-step.ts";
import type { MemoryStep } from "../../memory/step.ts";
import { SummaryStep } from "../../memory/summary-step.ts";
import { type TokenUsage, totalUsage } from "../../messages/token-usage.ts";
import type { AgentResult } from "../agent-result.ts";
import { start } from "./excerpt.ts";
import { durationText } from "./figures.ts";
import { literalLine } from "./literal-text.ts";

const header = ["Step", "Duration", "Model", "Calls", "Input", "Output", "Error"] as const;
/** Columns that hold numbers stand to the right. */
const isNumeric = [false, true, true, true, true, true, false] as const;
/** Longest cell, in characters. */
const maxCell = 60;

type Row = readonly string[];

/**
 * A run as a small table of text: how long each step took, the model's part of it, calls, tokens and errors; the steps
 * of managed agents below the step that called them; and the totals.
 *
 * @example
 * const result = await agent.run(task, { returnFullResult: true });
 * process.stdout.write(`${runSummary(result)}\n`);
 */
export function runSummary(result: AgentResult): string {
  const rest = restOf(result);
  const rows: Row[] = [
    header,
    ...stepRows(result.steps, ""),
    ...(rest ? [["plans and summaries", "", "", "", ...tokens(rest), ""]] : []),
    [
      `Total (${result.state})`,
      durationText(result.durationMs),
      "",
      String(result.toolCalls),
      ...tokens(result.usage),
      "",
    ],
  ];
  return table(rows);
}

/** Tokens of the run's own plans and summaries, which are no steps of the result: what its total holds beyond them. */
function restOf({ steps, usage }: AgentResult): TokenUsage | undefined {
  const told = totalUsage(
    steps.flatMap(({ usage, toolCalls }) => [usage, ...toolCalls.flatMap(({ run }) => (run ? [run.usage] : []))]),
  );
  if (!usage || !told) return undefined;
  const inputTokens = usage.inputTokens - told.inputTokens;
  const outputTokens = usage.outputTokens - told.outputTokens;
  return inputTokens > 0 || outputTokens > 0 ? { inputTokens, outputTokens } : undefined;
}

function stepRows(steps: readonly MemoryStep[], indent: string): Row[] {
  return steps.flatMap((step): Row[] => {
    if (step instanceof ActionStep) return actionRows(step, indent);
    const isTimed = step instanceof PlanningStep || step instanceof SummaryStep;
    if (!isTimed) return [];
    const error = step instanceof PlanningStep ? (step.error?.code ?? "") : "";
    const name = step.kind === "planning" ? "plan" : "summary";
    const duration = durationText(step.durationMs);
    return [[indent + name, duration, duration, "", ...tokens(step.usage), error]];
  });
}

function actionRows(step: ActionStep, indent: string): Row[] {
  const own: Row = [
    `${indent}${step.number}`,
    durationText(step.durationMs),
    durationText(step.modelDurationMs),
    String(step.toolCalls.length),
    ...tokens(step.usage),
    step.error?.code ?? "",
  ];
  const managed = step.toolCalls.flatMap(({ run }): Row[] =>
    run ? stepRows(run.steps, `${indent}  ${run.agent} `) : [],
  );
  return [own, ...managed];
}

function tokens(usage: TokenUsage | undefined): [input: string, output: string] {
  return usage ? [String(usage.inputTokens), String(usage.outputTokens)] : ["?", "?"];
}

function table(rows: readonly Row[]): string {
  const cells = rows.map((row) => row.map((cell) => literalLine(start(cell, maxCell))));
  const widths = header.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return isNumeric[column] ? cell.padStart(width) : cell.padEnd(width);
      })
      .join("  ")
      .trimEnd(),
  );
  return lines.join("\n");
}
