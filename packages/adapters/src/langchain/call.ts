import { errorMessage, type ToolContext, ToolInputError } from "@smoltools/core";
import { fieldOf, isRecord } from "../shared/json-access.ts";
import { untilAborted } from "../shared/async/until-aborted.ts";
import { fromContent } from "./content/from-content.ts";
import type { InvokableTool } from "./langchain-tool.ts";

/** What a call of a tool comes to when LangChain splits its result in two. */
export type ResultPart = "content" | "artifact" | "both";

let calls = 0;

/**
 * Calls a tool of LangChain.
 *
 * @param part - Which half of a result is given back, for tools whose `responseFormat` is `"content_and_artifact"`.
 * @param isData - The content is data that has a schema, not what a model is to read.
 */
export async function callLangChainTool(
  tool: InvokableTool,
  input: unknown,
  context: ToolContext,
  { part, isData }: { part: ResultPart; isData: boolean },
): Promise<unknown> {
  // LangChain would take such an input for a call of its own, and run the tool with the `args` in it, unchecked.
  if (fieldOf(input, "type") === "tool_call") {
    throw new Error('LangChain takes no input whose "type" is "tool_call"');
  }
  const { signal, toolCallId = `call_${++calls}`, context: given } = context;
  // Where a graph runs, these are what its functions know of the call.
  const config = { toolCallId, ...(signal && { signal }), ...(given !== undefined && { context: given }) };
  // Given a call, LangChain answers with a message: the only way to an artifact, and the end of results that are not text.
  const hasArtifact = tool.responseFormat === "content_and_artifact";
  const asked = hasArtifact ? { type: "tool_call", id: toolCallId, name: tool.name, args: input } : input;
  let answer: unknown;
  signal?.throwIfAborted();
  try {
    const promise = tool.invoke(asked, config);
    answer = await (signal ? untilAborted(promise, signal) : promise);
  } catch (error) {
    signal?.throwIfAborted();
    throw inputError(tool.name, error) ?? error;
  }
  return resultOf(answer, part, isData, hasArtifact);
}

function resultOf(answer: unknown, part: ResultPart, isData: boolean, hasArtifact: boolean): unknown {
  if (fieldOfInstance(answer, "lg_name") === "Command") {
    throw new Error("it answers with a command for a graph of LangGraph: such tools work only within one");
  }
  if (!isMessage(answer)) return isData ? answer : fromContent(answer);
  const content = fromContent(answer["content"]);
  if (answer["status"] === "error") throw new Error(typeof content === "string" ? content : JSON.stringify(content));
  const artifact = answer["artifact"];
  // A tool may make the message itself.
  if (!hasArtifact && artifact === undefined) return content;
  if (part === "both") return { content, artifact };
  return part === "artifact" ? artifact : content;
}

/** True for a `ToolMessage` of any copy of LangChain. */
function isMessage(value: unknown): value is Record<string, unknown> {
  return isRecord(value) && typeof value["tool_call_id"] === "string" && "content" in value;
}

/** Instances have some of their fields from their class. */
function fieldOfInstance(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}

/** What JSON Schema cannot say, zod's refinements among it, LangChain checks itself. */
function inputError(tool: string, error: unknown): ToolInputError | undefined {
  const message = errorMessage(error);
  if (!message.startsWith("Received tool input did not match expected schema")) return undefined;
  const [, ...details] = message.split("\n");
  const expected = details.join("\n").trim() || "what its schema allows";
  return new ToolInputError(`${tool} was called with wrong arguments:\n${expected}`, {
    code: "TOOL_INPUT_INVALID",
    data: { tool, findings: [{ path: "", expected, received: "an input that is not" }] },
    cause: error,
  });
}
