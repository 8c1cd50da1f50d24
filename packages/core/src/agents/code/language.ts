import type { CodeLanguage } from "../../sandbox/sandbox.ts";
import type { JsonSchema } from "../../schema/json-schema.ts";
import type { ToolDeclaration } from "../../tool/tool.ts";
import type { PromptTemplates } from "../prompts/prompts.ts";

/** How an answer holds code: between tags, or as a field of a JSON object. */
export type AnswerForm = "tagged" | "structured";

/** What a code agent has to know of the language that its model writes. */
export interface LanguageProfile {
  readonly language: CodeLanguage;
  /** For people: `"JavaScript"`. */
  readonly title: string;
  /** Name of the function that gives the final answer. */
  readonly finalAnswer: string;
  /** What may stand behind the backticks of a fenced block of this language, in lower case. */
  readonly fences: readonly string[];
  prompts(form: AnswerForm): PromptTemplates;
  /** Prints tools as the model is told of them. */
  declare(tools: readonly ToolDeclaration[]): string;
  /**
   * Prints the function that gives the final answer.
   *
   * @param answer - Schema of the answer; `undefined` for any value.
   * @param description - What the function does.
   */
  declareFinalAnswer(answer: JsonSchema | undefined, description: string): string;
  /** Prints the function that asks the host to perform a request, for code that may. */
  readonly fetchDeclaration: string;
  /** Why a name cannot be that of a variable in the code, if so. */
  variableProblem(name: string): string | undefined;
  /** Mends what models often get wrong, where the meaning is beyond doubt. */
  mend(code: string): string;
  /** An example of an answer, for the advice to a model whose answer holds no code. */
  readonly example: string;
}
