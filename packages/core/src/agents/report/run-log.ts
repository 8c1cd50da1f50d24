import type { ActionStep } from "../../memory/action-step.ts";
import { messageText } from "../../messages/message.ts";
import type { ModelReply } from "../../model/collect.ts";
import type { ModelRequest } from "../../model/model.ts";
import type { CodeFinding } from "../code/code-checker.ts";
import type { AgentEvent, ModelPurpose } from "../events.ts";
import { cutMiddle } from "../loop/cut-middle.ts";
import type { AgentObserver, RunInfo } from "../observer.ts";
import { agentTitle } from "./agent-title.ts";
import { durationText, footerParts } from "./figures.ts";
import type { LogPage } from "./log-page.ts";
import {
  reportAnswer,
  reportCall,
  reportEnd,
  reportThrown,
  reportFailedCall,
  reportPlan,
  reportSummary,
  reportTask,
} from "./step-report.ts";
import { UsageTally } from "./usage-tally.ts";

type Outcome = Parameters<NonNullable<AgentObserver["onEnd"]>>[0];

/** The log of one run, as it happens. */
export class RunLog {
  readonly page: LogPage;
  readonly tally: UsageTally;
  readonly #isDetailed: boolean;
  /** What the model wrote, until it is known whether there is code in it. */
  #answer: string | undefined;
  /** What the code of the step printed. */
  #printed: string[] = [];
  #printedCharacters = 0;
  #typeErrorsShown = false;
  #isPrinting = false;

  constructor(run: RunInfo, page: LogPage, above: RunLog | undefined, isDetailed: boolean) {
    this.page = page;
    this.tally = new UsageTally(above?.tally);
    this.#isDetailed = isDetailed;
    page.rule(`${agentTitle(run.agentKind, run.agentName)}, model ${run.modelId}`);
    reportTask(page, run.task);
  }

  onEvent(event: AgentEvent): void {
    const { page } = this;
    if (event.type !== "output") this.#isPrinting = false;
    switch (event.type) {
      case "step-start":
        this.#startStep(event.step);
        break;
      case "model-request":
        if (this.#isDetailed) this.#showRequest(event.purpose, event.modelId, event.request);
        break;
      case "model-reply":
        this.tally.add(event.reply.usage);
        if (this.#isDetailed) this.#showReply(event.reply);
        if (event.purpose === "step") this.#answer = event.reply.text;
        break;
      case "code":
        this.#showAnswer(event.code);
        break;
      case "type-errors":
        this.#showTypeErrors(event.findings);
        break;
      case "output":
        this.#showOutput(event.text);
        break;
      case "tool-call":
        this.#showAnswer();
        reportCall(page, event);
        break;
      case "tool-result":
        this.#showResult(event);
        break;
      case "plan":
        reportPlan(page, event.step, this.tally.total);
        break;
      case "summary":
        reportSummary(page, event.step, this.tally.total);
        break;
      case "step":
        this.#endStep(event.step);
        break;
      default:
        break;
    }
  }

  onEnd(outcome: Outcome): void {
    this.#showAnswer();
    if ("result" in outcome) {
      const { result } = outcome;
      const figures = [`Steps: ${result.steps.length}`, `Calls: ${result.toolCalls}`];
      const [, ...taken] = footerParts("", result);
      this.page.footer([result.state === "success" ? "Done" : `Done (${result.state})`, ...figures, ...taken]);
    } else {
      reportThrown(this.page, "The run ended with an error", outcome.error);
    }
  }

  #startStep(step: number): void {
    this.#printed = [];
    this.#printedCharacters = 0;
    this.#typeErrorsShown = false;
    this.page.rule(`Step ${step}`);
  }

  #showRequest(purpose: ModelPurpose, modelId: string, { messages, tools = [] }: ModelRequest): void {
    const names = tools.map(({ name }) => name);
    this.page.text(`Request to ${modelId} (${purpose})${names.length > 0 ? `, tools: ${names.join(", ")}` : ""}`);
    for (const message of messages) {
      const images = message.content.filter(({ type }) => type === "image").length;
      const calls = message.role === "assistant" ? (message.toolCalls ?? []) : [];
      const parts = [
        messageText(message),
        ...calls.map((call) => `Call ${call.id}: ${call.name}(${call.arguments})`),
        ...(images > 0 ? [`(${images} images)`] : []),
      ];
      const to = message.role === "tool" ? ` for ${message.toolCallId}` : "";
      this.page.block(`[${message.role}${to}]`, parts.filter((part) => part !== "").join("\n"));
    }
  }

  #showReply({ reasoning, toolCalls, finishReason }: ModelReply): void {
    if (reasoning !== "") this.page.block("Reasoning", reasoning, "dim");
    for (const call of toolCalls) this.page.text(`The model calls ${call.name}(${call.arguments}) as ${call.id}`);
    this.page.text(`The model stopped: ${finishReason}`, "dim");
  }

  #showAnswer(code?: string): void {
    if (this.#answer !== undefined || code !== undefined) reportAnswer(this.page, this.#answer ?? "", code);
    this.#answer = undefined;
  }

  #showTypeErrors(findings: readonly CodeFinding[]): void {
    this.#typeErrorsShown = true;
    const lines = findings.map(({ code, message, line, column }) => `${line}:${column} ${code} ${message}`);
    this.page.block("Type errors, the code was not run", lines.join("\n"), "error");
  }

  #showOutput(text: string): void {
    const { maxCharacters, maxLines } = this.page.limits;
    const isFull = (): boolean => this.#printedCharacters > maxCharacters || this.#printed.length > maxLines;
    const wasFull = isFull();
    this.#printed.push(text);
    this.#printedCharacters += text.length;
    if (wasFull) return;
    if (isFull()) this.page.indented("… further output is not shown …", "dim");
    else if (this.#isPrinting) this.page.indented(text);
    else this.page.block("Output", text);
    this.#isPrinting = true;
  }

  #showResult(event: Extract<AgentEvent, { type: "tool-result" }>): void {
    const { id, tool, durationMs, output, error } = event;
    if (error !== undefined) reportFailedCall(this.page, { id, tool, durationMs, error });
    else this.page.text(`Result ${id}: ${tool} → ${this.page.valueText(output)} (${durationText(durationMs)})`);
  }

  #endStep(step: ActionStep): void {
    this.#showAnswer();
    if (step.code !== undefined && step.observation !== undefined && !step.finalAnswer) {
      const rest = this.#withoutPrinted(step.observation);
      if (rest !== "") this.page.block("Observation", rest);
    }
    reportEnd(this.page, step, this.tally.total, this.#typeErrorsShown);
  }

  /** The observation without its beginning, when that has been shown as output. */
  #withoutPrinted(observation: string): string {
    const printed = `Printed:\n${cutMiddle(this.#printed.join("\n"))}`;
    const isShown = this.#printed.length > 0 && observation.startsWith(printed);
    return (isShown ? observation.slice(printed.length) : observation).trim();
  }
}
