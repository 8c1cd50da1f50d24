import type { Message } from "./message.ts";

/** English text and code come to about four characters a token in the tokenizers of today's models. */
export const charactersPerToken = 4;
/** What an image takes at most providers, roughly. */
const tokensPerImage = 1000;
/** What the frame of a message takes. */
const tokensPerMessage = 4;

/** About how many tokens a text takes. For decisions that need no exact number; a model's own count is better. */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length / charactersPerToken);
}

/**
 * About how many tokens a conversation takes.
 *
 * @param messages - All of its messages; for a single text see {@link estimateTokens}.
 */
export function estimateMessageTokens(messages: readonly Message[]): number {
  let tokens = 0;
  for (const message of messages) {
    tokens += tokensPerMessage;
    for (const part of message.content) {
      tokens += part.type === "text" ? estimateTokens(part.text) : tokensPerImage;
    }
    if (message.role !== "assistant") continue;
    for (const call of message.toolCalls ?? []) tokens += estimateTokens(call.name + call.arguments);
  }
  return tokens;
}
