import { headOf } from "../../messages/cut-text.ts";
import type { RunError, RunResult } from "../../sandbox/sandbox.ts";
import { plainText } from "../calls/plain-text.ts";
import { cutMiddle } from "../loop/cut-middle.ts";

/** What the model is told of a run of its code. */
export function observationText(result: RunResult): string {
  const parts: string[] = [];
  if (result.output !== "") parts.push(`Printed:\n${cutMiddle(result.output)}`);
  if (result.value !== undefined) parts.push(`Value: ${cutMiddle(plainText(result.value))}`);
  if (result.finalAnswer) parts.push(`Final answer: ${cutMiddle(plainText(result.finalAnswer.value))}`);
  if (result.stateLost) parts.push("The variables of earlier steps are lost: define again what you need.");
  if (parts.length === 0 && !result.error) parts.push("The code ran. It printed nothing and has no value.");
  return parts.join("\n");
}

/** What the model is told of code that failed: what, and where. */
export function runErrorText({ name, message, line, column }: RunError, code: string): string {
  const text = message.startsWith(name) ? message : `${name}: ${message}`;
  if (line === undefined) return text;
  const place = column === undefined ? `line ${line}` : `line ${line}, column ${column}`;
  return `${text}\nat ${place}: ${sourceLine(code, line)}`;
}

/** A line of the code, as it is quoted in errors. */
export function sourceLine(code: string, line: number): string {
  return headOf(code.split("\n")[line - 1]?.trim() ?? "", 200);
}

/** What the model is told of code that was ended from outside. */
export function partialObservation(printed: readonly string[]): string {
  const output = printed.length === 0 ? "" : `Printed until then:\n${cutMiddle(printed.join("\n"))}\n`;
  return `${output}The step was ended while its code ran: it may have run in part.`;
}
