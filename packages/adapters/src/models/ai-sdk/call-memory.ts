/** More calls than a conversation has; older ones are forgotten. */
const mostCalls = 1000;

/**
 * What providers said about their calls, such as Gemini's signatures of thoughts, which they want to see again with
 * the calls. Messages have no place for it, so that it is kept by the calls' ids.
 */
export class CallMemory {
  readonly #metadata = new Map<string, unknown>();

  remember(toolCallId: string, metadata: unknown): void {
    this.#metadata.delete(toolCallId);
    this.#metadata.set(toolCallId, metadata);
    const [oldest] = this.#metadata.keys();
    if (this.#metadata.size > mostCalls && oldest !== undefined) this.#metadata.delete(oldest);
  }

  recall(toolCallId: string): unknown {
    return this.#metadata.get(toolCallId);
  }
}
