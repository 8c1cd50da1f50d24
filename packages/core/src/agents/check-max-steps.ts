import { AgentError } from "./agent-error.ts";

/** @throws AgentError `AGENT_CONFIG` when it is no whole number from 1. */
export function checkMaxSteps(maxSteps: number): void {
  if (Number.isSafeInteger(maxSteps) && maxSteps >= 1) return;
  throw new AgentError(`maxSteps is ${maxSteps}: it must be a whole number, 1 or more`, { code: "AGENT_CONFIG" });
}
