import type { CodeFinding } from "@smoltools/core";
import type { Judgement } from "./judge/judgement.ts";
import type { StepFile } from "./step/step-file.ts";

const maxFindings = 5;
const maxMessageLength = 300;

/** Findings as the model is shown them: the first ones in the code, each once. */
export function findingsFrom(judgements: readonly Judgement[], file: StepFile): CodeFinding[] {
  const findings = new Map<string, CodeFinding>();
  for (const { code, message, place } of [...judgements].sort((a, b) => a.place - b.place)) {
    const text = shortened(message.replaceAll(/\s+/g, " "));
    const key = `${code} ${text}`;
    if (!findings.has(key)) findings.set(key, { code: `TS${code}`, message: text, ...file.position(place) });
  }
  return [...findings.values()].slice(0, maxFindings);
}

function shortened(text: string): string {
  return text.length > maxMessageLength ? `${text.slice(0, maxMessageLength - 1)}…` : text;
}
