import { ToolExecutionError, type ToolSourceError } from "@smoltools/core";
import { spaceError, type SpaceIdentity } from "../connection/space-failure.ts";

/** Longest text of an endpoint in an error, in characters. */
const longest = 4000;

/**
 * What a call of an endpoint that failed is reported as.
 *
 * @param tool - The tool's name here.
 * @param said - What the endpoint says; often empty, and often HTML.
 */
export function endpointFailure(
  identity: SpaceIdentity,
  tool: string,
  said: string,
): ToolSourceError | ToolExecutionError {
  const text = plainText(identity.redact(said));
  if (/\bquota\b/i.test(text) && /\bGPU\b|exceed|used up|run out/i.test(text)) {
    return spaceError(identity, "SOURCE_QUOTA", `has no quota left: ${text}`, { retryAfterMs: waitIn(text) });
  }
  const why = text === "" ? "the endpoint failed, and its app does not say why" : text;
  return new ToolExecutionError(`${tool} failed: ${why}`, { code: "TOOL_FAILED", data: { tool } });
}

/** Errors of Gradio are shown in pages: what is marked up there is read here, by models. */
function plainText(said: string): string {
  const text = said
    .slice(0, longest * 2)
    .replace(/<[^<>]{0,1000}>/g, "")
    .replace(/\r\n?/g, "\n")
    .replace(/[^\n\t\P{Cc}]/gu, "")
    .trim();
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** How long to wait, where a text of ZeroGPU says so: `Try again in 1:02:03`, `in 55 seconds`. */
function waitIn(text: string): number | undefined {
  const [, hours = "0", minutes, seconds] = /\bin (?:(\d{1,3}):)?(\d{1,2}):(\d{2})\b/.exec(text) ?? [];
  if (minutes !== undefined && seconds !== undefined) {
    return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  }
  const [, count, unit = ""] = /\bin (?:about )?(\d{1,6}) ?(s|m|h)(?:ec|in|our|\b)/i.exec(text) ?? [];
  const unitMs = { s: 1000, m: 60_000, h: 3_600_000 }[unit.toLowerCase()];
  return count === undefined || unitMs === undefined ? undefined : Number(count) * unitMs;
}
