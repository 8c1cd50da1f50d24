import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { type Answerer, ChatServer } from "../shared/test-server/chat-server.ts";
import { AiSdkModel } from "./ai-sdk-model.ts";
import type { AiSdkModelOptions } from "./options.ts";

/** The key that {@link serve}'s provider sends. */
export const testKey = "sk-secret-0123456789abcdef";

/** A model of a real provider of the AI SDK, and the server of this machine that it asks. */
export async function serve(
  answerers: readonly Answerer[],
  options: AiSdkModelOptions = {},
  supportsStructuredOutputs = true,
): Promise<AsyncDisposable & { server: ChatServer; model: AiSdkModel }> {
  const server = await ChatServer.start(...answerers);
  const provider = createOpenAICompatible({
    name: "loopback",
    baseURL: server.baseUrl,
    apiKey: testKey,
    includeUsage: true,
    supportsStructuredOutputs,
  });
  const model = new AiSdkModel(provider("some-model"), { maxRetryDelayMs: 1, ...options });
  return { server, model, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}
