import { codeAgentPrompts } from "../prompts/code-agent-prompt.ts";
import { renameFinalAnswerVariable } from "./final-answer-variable.ts";
import type { LanguageProfile } from "./language.ts";

/** Python. */
export const python: LanguageProfile = {
  language: "python",
  title: "Python",
  finalAnswer: "final_answer",
  fences: ["", "py", "python", "python3"],
  prompts: codeAgentPrompts,
  declare: () => "",
  declareFinalAnswer: () => "def final_answer(answer): ...",
  variableProblem: () => undefined,
  mend: (code) => renameFinalAnswerVariable(code, "final_answer", "final_answer_variable"),
  example: "answer = 6 * 7\nfinal_answer(answer)",
};
