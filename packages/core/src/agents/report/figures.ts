import type { TokenUsage } from "../../messages/token-usage.ts";

/** A time for people: `12 ms`, `2.5 s`, `3 min 20 s`. */
export function durationText(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** What stands at the end of a step: what it took, and what the run has taken so far. */
export function footerParts(
  title: string,
  { durationMs, usage }: { durationMs: number; usage?: TokenUsage | undefined },
  total?: TokenUsage | undefined,
): string[] {
  return [
    title,
    `Duration ${durationText(durationMs)}`,
    ...(usage
      ? [`Input tokens: ${usage.inputTokens}`, `Output tokens: ${usage.outputTokens}`]
      : ["Tokens: not told by the provider"]),
    ...(total ? [`Total tokens: ${total.inputTokens + total.outputTokens}`] : []),
  ];
}
