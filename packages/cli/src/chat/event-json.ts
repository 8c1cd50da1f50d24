import { type AgentEvent, isSmoltoolsError, errorMessage } from "smoltools";

/**
 * An event of a run as a program reads it: what `AgentEvent` of `@smoltools/core` has, without the requests to models,
 * which would repeat the whole conversation, and with steps as plain objects.
 */
export function eventJson(event: AgentEvent): object {
  switch (event.type) {
    case "model-request": {
      const { request: _request, ...rest } = event;
      return rest;
    }
    case "plan": {
      const { beforeStep, plan, durationMs, usage, error } = event.step;
      return { type: "plan", beforeStep, plan, durationMs, usage, error };
    }
    case "summary": {
      const { covers, text, durationMs, usage } = event.step;
      return { type: "summary", covers, text, durationMs, usage };
    }
    case "step": {
      const { number, durationMs, code, observation, error, usage, finalAnswer } = event.step;
      return { type: "step", step: number, durationMs, code, observation, error, usage, finalAnswer };
    }
    case "managed-agent":
      return { ...event, event: eventJson(event.event) };
    case "result": {
      const { output, state, steps, usage, usageByModel, toolCalls, durationMs } = event.result;
      return { type: "result", output, state, steps: steps.length, toolCalls, usage, usageByModel, durationMs };
    }
    default:
      return event;
  }
}

/** How a run failed, as the last line of it. */
export function failureJson(error: unknown): object {
  return { type: "error", code: isSmoltoolsError(error) ? error.code : "UNEXPECTED", message: errorMessage(error) };
}

/** One line of JSON, whatever tools have put into the event. */
export function jsonLine(event: object): string {
  try {
    return `${JSON.stringify(event, (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value))}\n`;
  } catch (error) {
    const type = "type" in event ? event.type : "event";
    return `${JSON.stringify({ type, problem: `it cannot be written as JSON: ${errorMessage(error)}` })}\n`;
  }
}
