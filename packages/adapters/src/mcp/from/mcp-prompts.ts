import { errorMessage, type MediaRef } from "@smoltools/core";
import { fieldOf, isRecord, textField } from "../../shared/json-access.ts";
import { answerInvalid } from "../connection/source-failure.ts";
import { readBlock } from "../content/read-block.ts";
import type { ServerLink } from "./server-link.ts";

/** A prompt that a server offers. */
export interface McpPrompt {
  /** The server's name. */
  server: string;
  name: string;
  title?: string;
  description?: string;
  arguments: { name: string; description?: string; required: boolean }[];
}

/** A prompt, filled in. Text of a stranger. */
export interface McpPromptText {
  description?: string;
  messages: { role: "user" | "assistant"; content: (string | MediaRef)[] }[];
}

/** The prompts of a server. */
export async function listPrompts(link: ServerLink, signal?: AbortSignal): Promise<McpPrompt[]> {
  const prompts = await link.list("prompts/list", "prompts", "prompts", signal);
  return prompts.flatMap((entry) => {
    const name = textField(entry, "name");
    if (name === undefined) return [];
    const declared = fieldOf(entry, "arguments");
    const args = Array.isArray(declared) ? declared.filter(isRecord) : [];
    return [{ server: link.identity.name, name, ...aboutOf(entry), arguments: args.flatMap(argumentOf) }];
  });
}

/**
 * Has a server fill in a prompt.
 *
 * @throws ToolSourceError `SOURCE_ANSWER_INVALID`; ToolExecutionError `TOOL_FAILED` when the server does not give it.
 */
export async function getServerPrompt(
  link: ServerLink,
  name: string,
  args: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<McpPromptText> {
  const answer = await link.request("prompts/get", { name, arguments: args }, signal);
  const messages = fieldOf(answer, "messages");
  const description = textField(answer, "description");
  try {
    if (!Array.isArray(messages)) throw new Error("no list of messages");
    return { ...(description !== undefined && { description }), messages: (messages as unknown[]).map(messageOf) };
  } catch (error) {
    throw answerInvalid(link.identity, `gives as the prompt ${name} ${errorMessage(error)}`);
  }
}

function messageOf(message: unknown): McpPromptText["messages"][number] {
  const role = fieldOf(message, "role");
  if (role !== "user" && role !== "assistant") throw new Error("a message without a role");
  const block = readBlock(fieldOf(message, "content"));
  return { role, content: "link" in block ? [block.link.uri] : block.values };
}

function argumentOf(declared: object): McpPrompt["arguments"] {
  const name = textField(declared, "name");
  const description = textField(declared, "description");
  if (name === undefined) return [];
  return [
    { name, ...(description !== undefined && { description }), required: fieldOf(declared, "required") === true },
  ];
}

function aboutOf(entry: object): { title?: string; description?: string } {
  const title = textField(entry, "title");
  const description = textField(entry, "description");
  return { ...(title !== undefined && { title }), ...(description !== undefined && { description }) };
}
