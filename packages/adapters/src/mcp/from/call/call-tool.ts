import { errorMessage, type MediaRef, ToolExecutionError } from "@smoltools/core";
import { fieldOf, isRecord } from "../../../shared/json-access.ts";
import { answerInvalid, type SourceIdentity } from "../../connection/source-failure.ts";
import { type ResourceLink, readContents } from "../../content/read-block.ts";
import { readResult } from "../../content/read-result.ts";
import { sendableInput } from "../../content/send-media.ts";
import type { McpTool } from "../mcp-tool.ts";
import { serverText } from "./server-text.ts";

/** Most links of one result that are followed. */
const maxLinks = 16;

/** What one call of a tool needs. */
export interface CallToolOptions {
  identity: SourceIdentity;
  signal: AbortSignal;
  /** Most bytes that the links of the result may lead to, together. */
  maxBytes: number;
  /** The server lets its resources be read. */
  canRead: boolean;
  ask: (method: string, params: Record<string, unknown>) => Promise<unknown>;
}

/**
 * Calls a tool on its server.
 *
 * @returns Its result as a value.
 * @throws ToolExecutionError `TOOL_FAILED` with what the tool says went wrong.
 * @throws ToolSourceError `SOURCE_ANSWER_INVALID` for an answer that the protocol does not know.
 */
export async function callTool(tool: McpTool, input: unknown, options: CallToolOptions): Promise<unknown> {
  const { identity, signal, ask } = options;
  const { original, outputSchema, isWrapped } = tool.declaration;
  const answer = await ask("tools/call", { name: original, arguments: await sendableInput(input, signal) });
  let result;
  try {
    result = await readResult(answer, {
      hasOutputSchema: outputSchema !== undefined,
      isWrapped,
      follow: linkReader(options),
    });
  } catch (error) {
    signal.throwIfAborted();
    throw answerInvalid(identity, `gives as the result of ${tool.name} ${errorMessage(error)}`);
  }
  if ("value" in result) return result.value;
  throw new ToolExecutionError(`${tool.name} failed: ${serverText(result.error, identity)}`, {
    code: "TOOL_FAILED",
    data: { tool: tool.name },
  });
}

/** Reads what links lead to, from the server alone. A link that cannot be read is told as a text. */
function linkReader({
  ask,
  maxBytes,
  canRead,
  signal,
}: CallToolOptions): (link: ResourceLink) => Promise<(string | MediaRef)[]> {
  let links = 0;
  let bytes = 0;
  return async ({ uri, name }) => {
    const told = name === undefined ? uri : `${name}: ${uri}`;
    links++;
    if (!canRead || links > maxLinks || bytes >= maxBytes) return [told];
    try {
      const answer = await ask("resources/read", { uri });
      const contents = fieldOf(answer, "contents");
      if (!Array.isArray(contents) || !contents.every(isRecord)) return [told];
      const values = contents.flatMap(readContents);
      for (const value of values) bytes += typeof value === "string" ? value.length : (value.data?.byteLength ?? 0);
      return values;
    } catch {
      signal.throwIfAborted();
      return [told];
    }
  };
}
