import type { TextGenerationPipeline } from "@huggingface/transformers";
import { errorMessage, ModelError, type ModelRequest } from "@smoltools/core";
import { checkSupport } from "../shared/request/check-support.ts";
import { chatMessages, chatTools } from "./chat-messages.ts";
import type { TransformersSettings } from "./options.ts";
import { forcedBeginning, type ToolFormat } from "./tool-format.ts";

/** A request as the model reads it. */
export interface Prompt {
  text: string;
  /** Its length in tokens. */
  tokens: number;
  /** What of it the answer begins with, see `forcedBeginning`. */
  beginning: string;
  /** True when tools are offered. */
  hasTools: boolean;
}

/**
 * Writes a request by the model's chat template.
 *
 * @throws ModelError `MODEL_BAD_REQUEST` when the template refuses the conversation, or the model cannot do what is asked.
 */
export function promptOf(
  request: ModelRequest,
  { tokenizer }: TextGenerationPipeline,
  { id, template }: TransformersSettings,
  format: ToolFormat | undefined,
): Prompt {
  checkSupport(request, { tools: format !== undefined, images: false, structuredOutput: false }, id);
  const { toolChoice } = request;
  const offered = toolChoice === "none" ? [] : (request.tools ?? []);
  const tools = typeof toolChoice === "object" ? offered.filter(({ name }) => name === toolChoice.name) : offered;
  if (typeof toolChoice === "object" && tools.length === 0) {
    throw refused(`toolChoice names the tool "${toolChoice.name}", which is not among the tools.`);
  }
  const beginning = format && tools.length > 0 ? forcedBeginning(format, toolChoice) : "";
  let rendered: unknown;
  try {
    rendered = tokenizer.apply_chat_template(chatMessages(request.messages), {
      ...template,
      tokenize: false,
      add_generation_prompt: true,
      ...(tools.length > 0 && { tools: chatTools(tools) }),
    });
  } catch (cause) {
    // Templates refuse what their model does not know, such as messages of the system.
    throw refused(`The chat template of ${id} refuses the conversation: ${errorMessage(cause)}.`, cause);
  }
  const text = `${String(rendered)}${beginning}`;
  const tokens = tokenizer.encode(text, { add_special_tokens: false }).length;
  return { text, tokens, beginning, hasTools: tools.length > 0 };
}

function refused(message: string, cause?: unknown): ModelError {
  return new ModelError(message, { code: "MODEL_BAD_REQUEST", cause });
}
