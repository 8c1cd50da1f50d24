import { errorMessage } from "../../errors/error-message.ts";
import { isSmoltoolsError } from "../../errors/smoltools-error.ts";
import type { ActionStep } from "../../memory/action-step.ts";
import type { PlanningStep } from "../../memory/planning-step.ts";
import type { StepError } from "../../memory/step.ts";
import type { SummaryStep } from "../../memory/summary-step.ts";
import type { ImagePart } from "../../messages/message.ts";
import type { TokenUsage } from "../../messages/token-usage.ts";
import { durationText, footerParts } from "./figures.ts";
import type { LogPage } from "./log-page.ts";
import { thoughtOf } from "./thought-of.ts";

// What a live log and a replay show in the same way.

export function reportTask(page: LogPage, task: string, images: readonly ImagePart[] = []): void {
  page.block("Task", task);
  reportImages(page, images);
}

export function reportPlan(page: LogPage, step: PlanningStep, total: TokenUsage | undefined): void {
  page.rule("Plan");
  if (step.plan !== undefined) page.indented(step.plan);
  if (step.error) reportError(page, "Error in the plan", step.error);
  page.footer(footerParts("Plan", step, total));
}

export function reportSummary(page: LogPage, step: SummaryStep, total: TokenUsage | undefined): void {
  page.rule(`Summary of the first ${step.covers} steps of the memory`);
  page.indented(step.text);
  page.footer(footerParts("Summary", step, total));
}

/** The model's answer, with its code shown by itself. */
export function reportAnswer(page: LogPage, answer: string, code: string | undefined): void {
  const thought = code === undefined ? answer : thoughtOf(answer, code);
  if (thought.trim() !== "") page.indented(thought);
  if (code !== undefined) page.block("Code", code, "code");
}

export function reportCall(page: LogPage, call: { id: string; tool: string; input: unknown }): void {
  page.text(`Call ${call.id}: ${call.tool}(${page.valueText(call.input)})`);
}

export function reportFailedCall(
  page: LogPage,
  call: { id: string; tool: string; durationMs: number; error: string },
): void {
  page.text(`Failed ${call.id}: ${call.tool} (${durationText(call.durationMs)}): ${call.error}`, "error");
}

export function reportError(
  page: LogPage,
  title: string,
  { code, message }: Pick<StepError, "code" | "message">,
): void {
  page.text(`${title} (${code}): ${message}`, "error");
}

/** An error as it was thrown, whatever it is. */
export function reportThrown(page: LogPage, title: string, error: unknown): void {
  const code = isSmoltoolsError(error) ? error.code : error instanceof Error ? error.name : typeof error;
  reportError(page, title, { code, message: errorMessage(error) });
}

/** What stands below the work of a step: images, error, final answer, figures. */
export function reportEnd(page: LogPage, step: ActionStep, total: TokenUsage | undefined, errorIsShown = false): void {
  reportImages(page, step.images);
  if (step.error && !errorIsShown) reportError(page, `Error in step ${step.number}`, step.error);
  if (step.finalAnswer) page.answer("Final answer", step.finalAnswer.value);
  page.footer(footerParts(`Step ${step.number}`, step, total));
}

function reportImages(page: LogPage, images: readonly ImagePart[]): void {
  for (const { mediaType, data, url } of images) {
    // Four characters of base64 are three bytes.
    const content = data === undefined ? (url ?? "") : `about ${Math.ceil((data.length * 3) / 4)} bytes`;
    page.text(`Image: ${mediaType}, ${content}`);
  }
}
