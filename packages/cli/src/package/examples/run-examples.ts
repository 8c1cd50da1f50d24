import { errorMessage, jsonEqual, type JsonObject, type JsonValue, type Tool } from "@smoltools/core";

/** A call of a tool that its comment shows. */
export interface Example {
  tool: string;
  input: JsonObject;
  /** What it returns, if the comment says so. */
  output?: JsonValue;
}

/** What became of an example. */
export interface ExampleOutcome extends Example {
  passed: boolean;
  /** What the tool gave. */
  value?: unknown;
  /** Why it failed. */
  problem?: string;
  durationMs: number;
}

/** Longest value in a problem, in characters. */
const maxValue = 200;

/** Makes the calls that examples show, one after another, and compares what comes with what they say. */
export async function runExamples(
  examples: readonly Example[],
  tools: readonly Tool[],
  signal: AbortSignal,
): Promise<ExampleOutcome[]> {
  const outcomes: ExampleOutcome[] = [];
  for (const example of examples) {
    signal.throwIfAborted();
    const startedAt = performance.now();
    const result = await outcomeOf(example, tools, signal);
    const durationMs = Math.round(performance.now() - startedAt);
    outcomes.push({ ...example, ...result, passed: result.problem === undefined, durationMs });
  }
  return outcomes;
}

async function outcomeOf(
  { tool: name, input, output }: Example,
  tools: readonly Tool[],
  signal: AbortSignal,
): Promise<{ value?: unknown; problem?: string }> {
  const tool = tools.find((one) => one.name === name);
  if (!tool) return { problem: `the package has no tool ${name}` };
  try {
    // Results come out of a sandbox as JSON.
    const value = ((await tool.call(input, { signal })) ?? null) as JsonValue;
    if (output === undefined || jsonEqual(value, output)) return { value };
    return { value, problem: `it gives ${text(value)}, and not ${text(output)}` };
  } catch (error) {
    signal.throwIfAborted();
    return { problem: errorMessage(error) };
  }
}

function text(value: JsonValue): string {
  const json = JSON.stringify(value);
  return json.length > maxValue ? `${json.slice(0, maxValue)}…` : json;
}
