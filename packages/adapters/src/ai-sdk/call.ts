import { errorMessage, type ToolContext, ToolInputError } from "@smoltools/core";
import { untilAborted } from "../shared/async/until-aborted.ts";
import { type AiSdkTool, isFunction } from "./ai-sdk-tool.ts";
import { type ApproveCall, passApproval } from "./approval.ts";
import { mediaOfModelOutput } from "./content/from-model-output.ts";
import type { ReadSchema } from "./schema/read-schema.ts";

/** A result that a tool gave before its last one. */
export interface PreliminaryResult {
  /** What the tool is called here. */
  readonly tool: string;
  readonly toolCallId: string;
  readonly output: unknown;
}

/** A tool of the AI SDK as it is called. */
export interface CallableTool {
  readonly tool: AiSdkTool;
  /** What it is called here. */
  readonly name: string;
  readonly input: ReadSchema;
  readonly context: ReadSchema | undefined;
  readonly approve: ApproveCall | undefined;
  readonly onPreliminary: ((result: PreliminaryResult) => void) | undefined;
  /** Its result has a schema: what it makes for models is something else. */
  readonly hasOutputSchema: boolean;
}

let calls = 0;

/** Calls a tool of the AI SDK: checks the input its way, asks for approval, and takes the last of several results. */
export async function callAiSdkTool(callable: CallableTool, input: unknown, context: ToolContext): Promise<unknown> {
  const { tool, name } = callable;
  const { signal, toolCallId = `call_${++calls}` } = context;
  const parsed = await parsedInput(callable, input);
  const given = callable.context ? await callable.context.parse(context.context) : context.context;
  const options = { toolCallId, messages: [], context: given, ...(signal && { abortSignal: signal }) };
  await ended(passApproval({ tool: name, input, toolCallId }, { ...callable, parsed, options, context }), signal);
  const { execute, toModelOutput } = tool;
  if (!isFunction(execute)) throw new Error("it has no function to run");
  const output = await ended(
    lastResult(execute.call(tool, parsed, options), signal, (preliminary) =>
      callable.onPreliminary?.({ tool: name, toolCallId, output: preliminary }),
    ),
    signal,
  );
  if (!isFunction(toModelOutput)) return output;
  const shown = await ended(Promise.resolve(toModelOutput.call(tool, { toolCallId, input: parsed, output })), signal);
  const media = mediaOfModelOutput(name, shown);
  return callable.hasOutputSchema ? output : (media ?? output);
}

async function parsedInput({ name, input: schema }: CallableTool, input: unknown): Promise<unknown> {
  try {
    return await schema.parse(input);
  } catch (cause) {
    const expected = errorMessage(cause);
    throw new ToolInputError(`${name} was called with wrong arguments:\n${expected}`, {
      code: "TOOL_INPUT_INVALID",
      data: { tool: name, findings: [{ path: "", expected, received: "an input that is not" }] },
      cause,
    });
  }
}

/** An aborted call ends with the signal's reason, whatever the function makes of it. */
async function ended<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  try {
    return await (signal ? untilAborted(work, signal) : work);
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

/** The result, or the last of those that a generator yields. */
async function lastResult(
  result: unknown,
  signal: AbortSignal | undefined,
  onPreliminary: (output: unknown) => void,
): Promise<unknown> {
  if (!isAsyncIterable(result)) return await result;
  let last: { output: unknown } | undefined;
  for await (const output of result) {
    // Leaving the loop ends the generator.
    signal?.throwIfAborted();
    if (last) onPreliminary(last.output);
    last = { output };
  }
  return last?.output;
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}
