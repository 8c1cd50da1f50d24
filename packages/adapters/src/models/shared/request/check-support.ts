import { ModelError, type ModelRequest, type ModelSupport } from "@smoltools/core";

/**
 * Refuses a request for what a model is known not to do, before it costs anything.
 *
 * @param request - What is asked.
 * @param supports - What the model can do; what is absent is left to the provider.
 * @param model - The model's name.
 * @throws ModelError `MODEL_BAD_REQUEST`.
 */
export function checkSupport(request: ModelRequest, supports: ModelSupport, model: string): void {
  if (supports.structuredOutput === false && request.responseFormat) {
    throw unsupported(model, "structuredOutput", "answers of a JSON schema", "Ask for text without responseFormat");
  }
  if (supports.tools === false && request.tools?.length) {
    throw unsupported(model, "tools", "native tool calls", "Describe the tools in the messages");
  }
  const hasImages = request.messages.some(({ content }) => content.some(({ type }) => type === "image"));
  if (supports.images === false && hasImages) {
    throw unsupported(model, "images", "images", "Leave them out of the messages");
  }
}

function unsupported(model: string, option: keyof ModelSupport, what: string, advice: string): ModelError {
  const message = `The model ${model} was made with supports.${option}: false, so it takes no ${what}.`;
  return new ModelError(`${message} ${advice}, or choose another model.`, { code: "MODEL_BAD_REQUEST" });
}
