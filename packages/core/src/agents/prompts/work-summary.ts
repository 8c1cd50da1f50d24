import type { Memory } from "../../memory/memory.ts";
import { headOf } from "../../messages/cut-text.ts";
import { messageText } from "../../messages/message.ts";

/** Longest text of one message in the summary, in characters. */
const maxCharacters = 20_000;

/** What an agent did, as a text for its manager: what was asked and seen, without what its model said. */
export function workSummary(memory: Memory): string {
  const parts = memory.toMessages({ summary: true }).map((message) => {
    const text = messageText(message);
    return text.length > maxCharacters ? `${headOf(text, maxCharacters)}… (cut)` : text;
  });
  return `<summary_of_work>\n${parts.join("\n---\n")}\n</summary_of_work>`;
}
