import {
  type ContentPart,
  type ImagePart,
  type Message,
  messageText,
  ModelError,
  type ToolCallPart,
} from "@smoltools/core";
import { pastArguments } from "../../shared/request/past-arguments.ts";
import type { SpecificationVersion } from "../language-model.ts";

/** A message or a part of one, as the AI SDK has it. */
type Part = Readonly<Record<string, unknown>>;

/** How a prompt is written. */
export interface PromptOptions {
  version: SpecificationVersion;
  /** What the provider said about a call it made, which it wants to see again with the call. */
  metadataOf: (toolCallId: string) => unknown;
}

/**
 * Writes a conversation as the AI SDK's language models take it.
 *
 * Images that a tool returned follow as a message of the user, after the last of the tool messages: many providers
 * would show the base64 text of an image in a tool message to the model.
 *
 * Source: `LanguageModelV4Prompt` of `@ai-sdk/provider`, and those of the versions before.
 *
 * @throws ModelError `MODEL_BAD_REQUEST` for an image without a usable address.
 */
export function promptOf(messages: readonly Message[], options: PromptOptions): Part[] {
  const prompt: Part[] = [];
  const toolNames = new Map<string, string>();
  let results: Part[] = [];
  let images: Part[] = [];
  const endOfResults = (): void => {
    if (results.length > 0) prompt.push({ role: "tool", content: results });
    if (images.length > 0) prompt.push({ role: "user", content: images });
    results = [];
    images = [];
  };
  for (const message of messages) {
    if (message.role === "tool") {
      const { toolCallId } = message;
      const toolName = toolNames.get(toolCallId) ?? "unknown";
      results.push({
        type: "tool-result",
        toolCallId,
        toolName,
        output: { type: "text", value: messageText(message) },
      });
      const seen = message.content.filter((part) => part.type === "image").map((part) => imagePart(part, options));
      if (seen.length > 0) images.push({ type: "text", text: `Images from tool call ${toolCallId}:` }, ...seen);
      continue;
    }
    endOfResults();
    if (message.role === "system") {
      prompt.push({ role: "system", content: messageText(message) });
      continue;
    }
    const content = message.content.flatMap((part) => contentParts(part, options));
    if (message.role === "assistant") {
      for (const call of message.toolCalls ?? []) {
        toolNames.set(call.id, call.name);
        content.push(toolCallPart(call, options));
      }
    }
    // Providers refuse empty messages, and an empty one says nothing.
    if (content.length > 0) prompt.push({ role: message.role, content });
  }
  endOfResults();
  return prompt;
}

function contentParts(part: ContentPart, options: PromptOptions): Part[] {
  if (part.type === "image") return [imagePart(part, options)];
  return part.text === "" ? [] : [{ type: "text", text: part.text }];
}

function imagePart({ mediaType, data, url }: ImagePart, { version }: PromptOptions): Part {
  if (data === undefined && (url === undefined || !URL.canParse(url))) {
    throw new ModelError("An image has neither data nor a whole address as its url.", { code: "MODEL_BAD_REQUEST" });
  }
  const address = data === undefined ? new URL(url ?? "") : undefined;
  if (version !== "v4") return { type: "file", mediaType, data: data ?? address };
  return { type: "file", mediaType, data: address ? { type: "url", url: address } : { type: "data", data } };
}

function toolCallPart({ id, name, arguments: written }: ToolCallPart, { metadataOf }: PromptOptions): Part {
  const providerOptions = metadataOf(id);
  return {
    type: "tool-call",
    toolCallId: id,
    toolName: name,
    input: pastArguments(written),
    ...(providerOptions !== undefined && { providerOptions }),
  };
}
