import type { ToolChoice } from "@smoltools/core";

/** How a model was trained to write a tool call, as far as it can be read here. */
export interface ToolFormat {
  /**
   * - `"tagged"`: `<tool_call>{"name": …, "arguments": …}</tool_call>`, one after another (Hermes, Qwen, SmolLM3).
   * - `"listed"`: `[TOOL_CALLS][{"name": …, "arguments": …}, …]` (Mistral).
   * - `"bare"`: the whole answer is `{"name": …, "parameters": …}` (Llama 3).
   */
  kind: "tagged" | "listed" | "bare";
  /** What a call begins with. */
  mark: string;
  /** The key that holds the arguments. */
  argumentsKey: "arguments" | "parameters";
}

/**
 * Tells from a chat template how the model writes tool calls.
 *
 * @param template - The template's text, as it is chosen when there are tools.
 * @returns `undefined` when the template takes no tools, or has calls in a form that is not known here.
 */
export function toolFormatOf(template: unknown): ToolFormat | undefined {
  if (typeof template !== "string" || !/\btools\b/.test(template)) return undefined;
  // Qwen3-Coder puts XML of its own between the tags.
  if (template.includes("<function=")) return undefined;
  if (template.includes("<tool_call>")) return { kind: "tagged", mark: "<tool_call>", argumentsKey: "arguments" };
  if (template.includes("[TOOL_CALLS]")) {
    // Later ones of Mistral write the name before `[ARGS]` instead of into the JSON.
    if (template.includes("[ARGS]")) return undefined;
    return { kind: "listed", mark: "[TOOL_CALLS]", argumentsKey: "arguments" };
  }
  if (/"parameters"/.test(template)) return { kind: "bare", mark: "{", argumentsKey: "parameters" };
  return undefined;
}

/**
 * The beginning of a call, which is put behind the prompt when the model has to call a tool: it can but go on with it.
 *
 * @returns `""` when the model is free to call or not.
 */
export function forcedBeginning({ kind, mark, argumentsKey }: ToolFormat, choice: ToolChoice | undefined): string {
  if (choice !== "required" && typeof choice !== "object") return "";
  const named = typeof choice === "object" ? `${JSON.stringify(choice.name)}, "${argumentsKey}": ` : '"';
  if (kind === "tagged") return `${mark}\n{"name": ${named}`;
  return kind === "listed" ? `${mark}[{"name": ${named}` : `{"name": ${named}`;
}
