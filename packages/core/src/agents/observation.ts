import type { RunResult } from "../sandbox/sandbox.ts";

/** Longest text of one observation, in characters. */
const maxCharacters = 20_000;

/** What the model is told of a run of its code. */
export function observationText(result: RunResult): string {
  const parts: string[] = [];
  if (result.output !== "") parts.push(`Printed:\n${cutMiddle(result.output)}`);
  if (result.value !== undefined) parts.push(`Value: ${cutMiddle(valueText(result.value))}`);
  if (result.finalAnswer) parts.push(`Final answer: ${cutMiddle(valueText(result.finalAnswer.value))}`);
  if (result.stateLost) parts.push("The variables of earlier steps are lost: define again what you need.");
  if (parts.length === 0 && !result.error) parts.push("The code ran. It printed nothing and has no value.");
  return parts.join("\n");
}

/** What the model is told of code that failed: what, and where. */
export function failureText(result: RunResult, code: string): string | undefined {
  if (!result.error) return undefined;
  const { name, message, line, column } = result.error;
  const text = message.startsWith(name) ? message : `${name}: ${message}`;
  if (line === undefined) return text;
  const source = code.split("\n")[line - 1]?.trim() ?? "";
  const place = column === undefined ? `line ${line}` : `line ${line}, column ${column}`;
  return `${text}\nat ${place}: ${source.slice(0, 200)}`;
}

function valueText(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "undefined");
}

/** Cuts the middle out of a long text: the start says what it is, the end is where results stand. */
function cutMiddle(text: string, limit: number = maxCharacters): string {
  if (text.length <= limit) return text;
  const half = Math.floor(limit / 2);
  const left = text.length - 2 * half;
  return `${text.slice(0, half)}\n… ${left} characters left out: print less, or only what you need …\n${text.slice(-half)}`;
}
