import { globalNames, reservedWords } from "../../schema/typescript/reserved-words.ts";
import { renderDeclarations, renderFinalAnswer } from "../../tool/declarations/render-declarations.ts";
import { codeAgentPrompts } from "../prompts/code-agent-prompt.ts";
import { renameFinalAnswerVariable } from "./final-answer-variable.ts";
import type { LanguageProfile } from "./language.ts";

const identifier = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** JavaScript and TypeScript. */
export const javascript: LanguageProfile = {
  language: "javascript",
  title: "JavaScript",
  finalAnswer: "finalAnswer",
  fences: ["", "js", "javascript", "ts", "typescript", "mjs", "tsx", "jsx"],
  prompts: codeAgentPrompts,
  declare: (tools) => (tools.length === 0 ? "// There are no tools: use plain JavaScript." : renderDeclarations(tools)),
  declareFinalAnswer: renderFinalAnswer,
  fetchDeclaration: `/** Performs a request, as far as the host allows it. */
declare function fetch(url: string, init?: { method?: string; headers?: Record<string, string>; body?: string }): Promise<Response>;`,
  variableProblem: (name) => {
    if (!identifier.test(name) || reservedWords.has(name)) {
      return "cannot be the name of a variable: use another identifier";
    }
    const isTaken = globalNames.has(name) || name === "finalAnswer" || name === "__proto__";
    return isTaken ? "has a meaning of its own in the code: use another name" : undefined;
  },
  mend: (code) => renameFinalAnswerVariable(code, "javascript", "finalAnswer", "finalAnswerVariable"),
  example: "const answer = 6 * 7;\nfinalAnswer(answer);",
};
