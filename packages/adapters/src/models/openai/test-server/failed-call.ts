import { ModelError, type ModelDelta, type ModelRequest, textMessage } from "@smoltools/core";
import { OpenAIModel } from "../openai-model.ts";
import type { OpenAIModelOptions } from "../options.ts";
import { type Answerer, ChatServer } from "../../shared/test-server/chat-server.ts";

/** The key that {@link failedCall} sends. */
export const testKey = "sk-secret-0123456789abcdef";

/** A request that asks nothing in particular. */
export const someRequest: ModelRequest = { messages: [textMessage("user", "hi")] };

/** A call that failed. */
export interface FailedCall {
  /** What reached the caller before the failure. */
  deltas: ModelDelta[];
  error: ModelError;
  server: ChatServer;
}

/**
 * Makes a call that must fail, and waits no longer than a millisecond between its attempts.
 *
 * @param answerers - How the server answers.
 * @throws Error when the call succeeds, and what it failed with if that is no `ModelError`.
 */
export async function failedCall(
  answerers: readonly Answerer[],
  options: Partial<OpenAIModelOptions> = {},
): Promise<FailedCall> {
  await using server = await ChatServer.start(...answerers);
  const { baseUrl } = server;
  const model = new OpenAIModel({ model: "m", baseUrl, apiKey: testKey, maxRetryDelayMs: 1, ...options });
  const deltas: ModelDelta[] = [];
  try {
    for await (const delta of model.stream(someRequest)) deltas.push(delta);
  } catch (error) {
    if (error instanceof ModelError) return { deltas, error, server };
    throw error;
  }
  throw new Error("the call succeeded");
}
