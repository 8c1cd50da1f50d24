import { renderDeclarations, renderFinalAnswer } from "../../tool/declarations.ts";
import { codeAgentPrompts } from "../prompts/code-agent-prompt.ts";
import { renameFinalAnswerVariable } from "./final-answer-variable.ts";
import type { LanguageProfile } from "./language.ts";

const identifier = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** What fits the pattern but is a word of the language, or a global that the code needs as it is. */
const taken: ReadonlySet<string> = new Set(
  `arguments await break case catch class const continue debugger default delete do else enum eval export extends
   false finally for function if implements import in instanceof interface let new null package private protected
   public return static super switch this throw true try typeof var void while with yield
   undefined NaN Infinity globalThis console finalAnswer __proto__`.split(/\s+/),
);

/** JavaScript and TypeScript. */
export const javascript: LanguageProfile = {
  language: "javascript",
  title: "JavaScript",
  finalAnswer: "finalAnswer",
  fences: ["", "js", "javascript", "ts", "typescript", "mjs", "tsx", "jsx"],
  prompts: codeAgentPrompts,
  declare: (tools) => (tools.length === 0 ? "// There are no tools: use plain JavaScript." : renderDeclarations(tools)),
  declareFinalAnswer: renderFinalAnswer,
  variableProblem: (name) =>
    !identifier.test(name) || taken.has(name) ? "cannot be the name of a variable: use another identifier" : undefined,
  mend: (code) => renameFinalAnswerVariable(code, "javascript", "finalAnswer", "finalAnswerVariable"),
  example: "const answer = 6 * 7;\nfinalAnswer(answer);",
};
