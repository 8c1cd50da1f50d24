import type { ContentPart, Message, ModelReply, ModelRequest, ModelTool, ToolDeclaration } from "@smoltools/core";
import { encode } from "gpt-tokenizer/encoding/o200k_base";

/** What the frame of a message or of a call takes. */
const perFrame = 4;
/** What OpenAI takes for a small image. */
const perImage = 85;

/** Tokens of a text in o200k, the tokenizer of OpenAI's models since GPT-4o. */
export function tokensOf(text: string): number {
  return encode(text).length;
}

/** Tokens of a value as minified JSON. */
export function jsonTokens(value: unknown): number {
  return tokensOf(JSON.stringify(value));
}

/** Tools in the form of Chat Completions: what native tool calling sends with each request. */
export function chatTools(tools: readonly (ModelTool | ToolDeclaration)[]): object[] {
  return tools.map(({ name, description, inputSchema }) => ({
    type: "function",
    function: { name, description, parameters: inputSchema },
  }));
}

/** Tools as a server of MCP lists them. */
export function mcpTools(tools: readonly ToolDeclaration[]): object[] {
  return tools.map(({ name, description, inputSchema, outputSchema }) => ({
    name,
    description,
    inputSchema,
    ...(outputSchema && { outputSchema }),
  }));
}

/** Tokens of the tools of a request. */
export function toolTokens({ tools = [] }: ModelRequest): number {
  return tools.length === 0 ? 0 : jsonTokens(chatTools(tools));
}

/** Tokens of a message of a request. */
export function messageTokens(message: Message): number {
  const content = message.content.reduce((sum, part) => sum + partTokens(part), perFrame);
  return content + (message.role === "assistant" ? callTokens(message.toolCalls) : 0);
}

/** Tokens of a whole request. */
export function requestTokens(request: ModelRequest): number {
  return request.messages.reduce((sum, message) => sum + messageTokens(message), toolTokens(request));
}

/** Tokens of an answer. */
export function replyTokens({ text, toolCalls }: Pick<ModelReply, "text" | "toolCalls">): number {
  return tokensOf(text) + callTokens(toolCalls);
}

function partTokens(part: ContentPart): number {
  return part.type === "text" ? tokensOf(part.text) : perImage;
}

function callTokens(calls: readonly { name: string; arguments: string }[] = []): number {
  return calls.reduce((sum, call) => sum + perFrame + tokensOf(call.name) + tokensOf(call.arguments), 0);
}
